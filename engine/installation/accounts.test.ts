import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../../shared/contract/installation.ts'
import { accountByName, accountByUid, firstOrdinaryAccount, ownerMismatch, runAccount, type AccountSource } from './accounts.ts'

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1::/usr/sbin:/usr/sbin/nologin
# a comment
+nis-line
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
service:x:1000:1000::/srv:/usr/sbin/nologin
zoe:x:1002:1002:Zoe,,,:/home/zoe:/bin/zsh\r
ada:x:1001:100::/home/ada:/bin/bash
elasticsearch:x:105:110::/nonexistent:/bin/false
`
const group = `users:x:100:
docker:x:998:ada,zoe
adanot:x:997:adanot
elasticsearch:x:110:
`
const asked: string[] = []
const source: AccountSource = {
  passwd,
  group,
  id: (args) => {
    asked.push(args.join(' '))
    const ldap: Record<string, string> = {
      '-un remote': 'remote',
      '-u remote': '7001',
      '-g remote': '7000',
      '-G remote': '7000 7100',
      '-G zoe': '1002 998 7100',
    }
    return Promise.resolve(ldap[args.join(' ')] ?? null)
  },
  groupsOfRun: ({ groups }) => Promise.resolve([...groups]),
}
const root: Account = { name: 'root', uid: 0, gid: 0, groups: [0] }
const ada: Account = { name: 'ada', uid: 1001, gid: 100, groups: [100, 998] }
const ownedByRoot = '/'
let home = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'firstnode-accounts-'))
})
afterAll(() => rm(home, { recursive: true }))

test('an account is found by its name or number, with its groups', async () => {
  expect(await accountByName('ada', source)).toEqual(ada)
  expect(await accountByName('1001', source)).toEqual(ada)
  expect(await accountByName('zoe', source)).toEqual({ name: 'zoe', uid: 1002, gid: 1002, groups: [1002, 998] })
})

test('an account that only the directory knows is asked for there', async () => {
  expect(await accountByName('remote', source)).toEqual({ name: 'remote', uid: 7001, gid: 7000, groups: [7000, 7100] })
})

test('a bare number works with no account behind it, a name does not', async () => {
  expect(await accountByName('4711', source)).toEqual({ name: null, uid: 4711, gid: 4711, groups: [4711] })
  expect(await accountByUid(4711, source, 50)).toEqual({ name: null, uid: 4711, gid: 50, groups: [50] })
  await expect(accountByName('nosuch', source)).rejects.toMatchObject({ code: 'no_such_account' })
  await expect(accountByName('99999999999', source)).rejects.toMatchObject({ code: 'no_such_account' })
  await expect(accountByName('4294967295', source)).rejects.toMatchObject({ code: 'no_such_account' })
})

test('a name that looks like an option is never handed to id', async () => {
  asked.length = 0
  await expect(accountByName('--version', source)).rejects.toMatchObject({ code: 'no_such_account' })
  await expect(accountByName('a b', source)).rejects.toMatchObject({ code: 'no_such_account' })
  expect(asked).toEqual([])
})

test('the first ordinary account is the lowest number from 1000 on that can log in', () => {
  expect(firstOrdinaryAccount(source)).toEqual(ada)
  expect(firstOrdinaryAccount({ ...source, passwd: 'nobody:x:65534:65534::/:/bin/sh' })).toBeNull()
})

test('called by root the named account runs the node with all of its groups, also those of LDAP', async () => {
  expect(await runAccount({ home, user: 'ada', caller: root, source })).toEqual(ada)
  expect(await runAccount({ home, user: 'zoe', caller: root, source })).toMatchObject({ groups: [1002, 998, 7100] })
  expect(await runAccount({ home, user: 'remote', caller: root, source })).toMatchObject({ groups: [7000, 7100] })
})

test('where the system has no program that keeps them, it is judged without further groups', async () => {
  const lost: AccountSource = { ...source, groupsOfRun: ({ gid }) => Promise.resolve([gid]) }
  expect(await runAccount({ home, user: 'ada', caller: root, source: lost })).toEqual({ ...ada, groups: [100] })
})

test('called by root a home of root is refused, and so is root by name', async () => {
  await expect(runAccount({ home: ownedByRoot, caller: root, source })).rejects.toMatchObject({ code: 'would_run_as_root' })
  await expect(runAccount({ home, user: 'root', caller: root, source })).rejects.toMatchObject({ code: 'would_run_as_root' })
})

test('the deb and rpm run as elasticsearch, whoever calls', async () => {
  for (const caller of [root, ada]) {
    expect(await runAccount({ home: ownedByRoot, packaged: true, caller, source })).toMatchObject({ name: 'elasticsearch', uid: 105 })
  }
})

test('called by anybody else the node runs as the caller, and naming another one is refused', async () => {
  expect(await runAccount({ home, caller: ada, source })).toBeNull()
  expect(await runAccount({ home, user: 'ada', caller: ada, source })).toBeNull()
  await expect(runAccount({ home, user: 'zoe', caller: ada, source })).rejects.toMatchObject({ code: 'user_needs_root' })
})

test('on Windows there are no numbers to run as', async () => {
  expect(await runAccount({ home, caller: null, source })).toBeNull()
})

test('an owner that does not match is told, not thrown', () => {
  const zoe: Account = { name: 'zoe', uid: 1002, gid: 1002, groups: [1002] }
  const told = ownerMismatch({ home, owner: ada, runAs: null, caller: zoe })
  expect(told).toMatchObject({ code: 'owner_mismatch' })
  expect(told?.message).toContain('ada (1001)')
  expect(told?.message).toContain('zoe (1002)')
  expect(ownerMismatch({ home, owner: ada, runAs: zoe })).toMatchObject({ code: 'owner_mismatch' })
  expect(ownerMismatch({ home, owner: ada, runAs: ada })).toBeNull()
  expect(ownerMismatch({ home, owner: null, runAs: null, caller: null })).toBeNull()
})
