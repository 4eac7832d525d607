import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare } from 'bcryptjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../plan/apply.ts'
import { lockHome } from '../plan/lock.ts'
import { rollBack } from '../plan/roll-back.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { removeLeftUser } from './temporary-user-left.ts'
import { makeTemporaryUser, temporaryUserPlan } from './temporary-user.ts'

let config = ''

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-realm-'))
  await writeFile(join(config, 'users'), 'anna:$2a$10$hash\n')
  await writeFile(join(config, 'users_roles'), 'monitor:anna')
  await chmod(join(config, 'users'), 0o640)
})

afterEach(() => rm(config, { recursive: true, force: true }))

test('the role comes before the user, others stay, mode is kept, the hash fits the password', async () => {
  const user = makeTemporaryUser()
  const plan = await temporaryUserPlan(config, user, null)
  expect(plan.changes.map((change) => (change.kind === 'write' ? [change.path, change.mode, change.secret] : change.kind))).toEqual([
    [join(config, 'users_roles'), expect.any(Number), true],
    [join(config, 'users'), 0o640, true],
  ])
  await applyPlan(plan, { config, owner: null })
  expect(await readFile(join(config, 'users_roles'), 'utf8')).toBe(`monitor:anna\nsuperuser:${user.name}\n`)
  const users = await readFile(join(config, 'users'), 'utf8')
  expect(users).toMatch(/^anna:\$2a\$10\$hash\nfirstnode_[0-9a-f]{12}:\$2a\$10\$\S{53}\n$/)
  expect(await compare(user.password.reveal(), users.split('\n')[1]?.split(':')[1] ?? '')).toBe(true)
})

test('what a killed process left of it is taken away, byte for byte', async () => {
  const before = await folderTree(config)
  await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), null), { config, owner: null })
  expect(await folderTree(config)).not.toEqual(before)
  expect(await putBackLeft(config, 'temporary-user')).toBe(true)
  expect(await folderTree(config)).toEqual(before)
  expect(await putBackLeft(config, 'temporary-user')).toBe(false)
})

test('one that stands there while another Firstnode is at work is left to that', async () => {
  const lock = await lockHome({ config })
  await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), null), { config, owner: null })
  await removeLeftUser(config)
  expect(await readFile(join(config, 'users'), 'utf8')).toContain('firstnode_')
  await lock.release()
  await removeLeftUser(config)
  expect(await readFile(join(config, 'users'), 'utf8')).not.toContain('firstnode_')
})

test('the journal of another plan is left alone', async () => {
  const { changes } = await temporaryUserPlan(config, makeTemporaryUser(), null)
  await applyPlan({ kind: 'first-node', title: 'Something else', changes }, { config, owner: null })
  expect(await putBackLeft(config, 'temporary-user')).toBe(false)
  expect(await readFile(join(config, 'users'), 'utf8')).toContain('firstnode_')
  await rollBack(config)
})

test('missing files are made, and are missing again afterwards', async () => {
  await rm(join(config, 'users'))
  await rm(join(config, 'users_roles'))
  const before = await folderTree(config)
  await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), null), { config, owner: null })
  expect(await readFile(join(config, 'users_roles'), 'utf8')).toMatch(/^superuser:/)
  await putBackLeft(config, 'temporary-user')
  expect(await folderTree(config)).toEqual(before)
})
