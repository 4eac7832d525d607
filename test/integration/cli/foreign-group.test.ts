import { appendFile, lchown, lstat, readdir, stat } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programForAll, type ProgramForAll } from '../../cli/as-account.ts'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { needsRoot } from '../../support/needs-root.ts'

const hasIPv6 = Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === '::1'))
const loopback = hasIPv6 ? '::1' : '127.0.0.2'

let program: ProgramForAll
beforeAll(async () => {
  needsRoot('is about an account whose home has a group that it is not a member of')
  program = await programForAll()
})
afterAll(() => program.remove())

describe.each(firstOf('9.4.3', '8.16.6'))('a home of Elasticsearch %s in a group that its owner is not in', (version) => {
  let fresh: FreshHome
  let before: string[]
  const call = (...args: string[]): Promise<Ended> =>
    program.run(fresh.account, [...args, '--home', fresh.home], { java: fresh.java })
  const ports = async (): Promise<string[]> => {
    const { http, transport } = await freePorts()
    return ['--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--json']
  }

  beforeAll(async () => {
    fresh = await freshHome(version)
    await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), 'xpack.security.enabled: false\n')
    const names = await readdir(fresh.home, { recursive: true })
    for (const path of ['', ...names].map((name) => join(fresh.home, name))) {
      const entry = await lstat(path)
      // A hard link of the practice copy is a file of every home that a test beside this one has.
      if (entry.isDirectory() || entry.nlink === 1) await lchown(path, fresh.account.uid, 0)
    }
    before = await folderTree(fresh.home)
  })
  afterAll(async () => {
    await call('stop')
    await fresh.remove()
  })

  test('is prepared by that account, and taken back byte for byte', async () => {
    const prepared = await call('prepare', '--yes', '--json')
    expect([prepared.code, json(prepared)]).toMatchObject([0, { applied: true, verdict: 'ready' }])
    expect(await stat(join(fresh.home, 'config', 'elasticsearch.yml'))).toMatchObject(fresh.account)
    expect((await call('check')).code).toBe(0)
    expect((await call('undo', '--yes', '--json')).code).toBe(0)
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  test('is prepared by root, and taken back by the account', async () => {
    expect((await firstnode(['prepare', '--yes', '--home', fresh.home], { java: fresh.java })).code).toBe(0)
    expect((await call('undo', '--yes', '--json')).code).toBe(0)
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  lengthy('is set up, given another password and taken back by that account', async () => {
    await call('prepare', '--yes')
    // Bound to loopback addresses that `localhost` does not lead to: every command asks it there.
    const up = await call('up', '--http-host', loopback, ...(await ports()))
    expect([up.code, json(up)]).toMatchObject([0, { username: 'elastic' }])
    expect(json(await call('status', '--json'))).toMatchObject({ answering: true })
    const reset = await call('reset-password', '--json')
    expect([reset.code, json(reset)]).toMatchObject([0, { username: 'elastic' }])
    expect((await call('undo', '--yes', '--json')).code).toBe(0)
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  lengthy('is set up by root, and taken back by the account', async () => {
    await firstnode(['prepare', '--yes', '--home', fresh.home], { java: fresh.java })
    const up = await firstnode(['up', '--home', fresh.home, ...(await ports())], { java: fresh.java })
    expect([up.code, json(up)]).toMatchObject([0, { username: 'elastic' }])
    expect((await call('undo', '--yes', '--json')).code).toBe(0)
    expect(await folderTree(fresh.home)).toEqual(before)
  })
})
