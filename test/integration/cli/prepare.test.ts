import { copyFile, lchown, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { askStock } from '../../oracle/stock.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'

/** What a person may have left there: in several spellings, with comments of their own. */
const obstacles = `# ours
xpack:
  security:
    enabled: false # for the demo
    http.ssl: {enabled: true, keystore.path: mine.p12}
discovery.seed_hosts: [
  "es-1",
  "es-2"
]
cluster.initial_master_nodes:
- es-1
- es-2
node: {roles: [ingest], attr.rack: r1}
# the end
`

describe.each(firstOf('8.16.6', '9.4.3'))('a home of Elasticsearch %s with something in the way', (version) => {
  let fresh: FreshHome
  let before: string[]
  const config = (name: string): string => join(fresh.home, 'config', name)
  const call = (...args: string[]): Promise<Ended> => firstnode([...args, '--home', fresh.home], { java: fresh.java })
  /** Stock's own tool, asked on a copy of the home. */
  const stock = async (): Promise<number> => (await askStock({ version, ...fresh }, { name: 'as it is', prepare: () => Promise.resolve() })).exit

  beforeAll(async () => {
    fresh = await freshHome(version)
    await writeFile(config('elasticsearch.yml'), (await readFile(config('elasticsearch.yml'), 'utf8')) + obstacles)
    await copyFile(join(import.meta.dirname, '..', '..', 'oracle', 'keystores', 'http-password.keystore'), config('elasticsearch.keystore'))
    if (process.getuid?.() === 0) await lchown(config('elasticsearch.keystore'), fresh.account.uid, fresh.account.gid)
    before = await folderTree(fresh.home)
  })

  afterAll(() => fresh.remove())

  test('is skipped by stock before, and nothing is written without a yes', async () => {
    expect(await stock()).toBe(80)
    const shown = await call('prepare', '--json')
    expect(shown.code).toBe(3)
    expect(json(shown)).toMatchObject({ applied: false, remains: [], verdict: 'ready', keystoreEntries: ['xpack.security.http.ssl.keystore.secure_password'] })
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  test('is ready once it is prepared, and prepared again not changed', async () => {
    const prepared = await call('prepare', '--yes', '--json')
    expect(json(prepared)).toMatchObject({ applied: true, verdict: 'ready' })
    expect(prepared.code).toBe(0)
    const text = await readFile(config('elasticsearch.yml'), 'utf8')
    expect(text).toContain('#    enabled: false # for the demo\n')
    expect(text).toContain('node: {attr.rack: r1}\n# the end\n')
    expect((await call('check')).code).toBe(0)
    const again = await call('prepare', '--yes', '--json')
    expect([again.code, json(again)]).toMatchObject([0, { applied: false, changes: [] }])
  })

  lengthy('is configured by stock then', async () => {
    expect(await stock()).toBe(0)
  })

  lengthy('is set up, started and taken back whole: the remedy goes with it, byte for byte', async () => {
    const { http, transport } = await freePorts()
    const up = await call('up', '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--json')
    expect([up.code, json(up)]).toMatchObject([0, { username: 'elastic' }])
    const undone = await call('undo', '--yes', '--json')
    expect([undone.code, undone.err]).toEqual([0, expect.not.stringContaining('edited since')])
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  lengthy('is skipped by stock as before, after that', async () => {
    expect(await stock()).toBe(80)
  })
})
