import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import type { Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { oracleHome, type OracleHome } from '../../test/oracle/home.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { applyPlan } from '../plan/apply.ts'
import { rollBack } from '../plan/roll-back.ts'
import { settle } from '../plan/settled.ts'
import { undoFiles } from '../plan/undo.ts'
import { planFirstNode } from '../security/first-node.ts'
import { readKeystore, writeKeystore } from '../security/keystore.ts'
import { SecretBytes } from '../security/secret-bytes.ts'
import { codeOf } from '../security/testing/code-of.ts'
import { smallKeys } from '../security/testing/small-keys.ts'
import { someFacts } from '../security/testing/temporary-config.ts'
import { inspect } from '../installation/inspect.ts'
import { runPreflight } from '../preflight/preflight.ts'
import { ownerOfConfig } from './owner-of-config.ts'
import { RemedyDesk } from './remedy-desk.ts'

const owner = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : null
const obstacles = '# mine\ncluster.name: a\nxpack.security.enabled: false\ndiscovery.seed_hosts:\n  - h1\n  - h2\nnode.roles: [ ingest ]\n'
const ssl = 'xpack.security.http.ssl:\n  enabled: true\n'
let home: OracleHome
let desk: RemedyDesk

beforeEach(async () => {
  home = await oracleHome({ tree: null, version: '9.4.3', owner })
  desk = new RemedyDesk()
})
afterEach(() => home.destroy())

const at = (name: string): string => join(home.config, name)
const yml = (): Promise<string> => readFile(at('elasticsearch.yml'), 'utf8')
const preview = (password?: string): Promise<RemedyPreview> => desk.preview({ home: home.home }, password === undefined ? undefined : new Secret(password))
async function withSettings(text: string): Promise<void> {
  await home.settings(text)
  await home.settle()
}
/** Checks on the configuration alone: a skeleton of a home has no Java, say. */
const ofConfig = ['autoconfiguration', 'security-enabled', 'tls', 'discovery', 'master-role', 'data-role', 'keystore']
async function stillOpen(): Promise<string[]> {
  const { checks } = await runPreflight(await inspect({ home: home.home }))
  return checks.filter(({ id, status }) => ofConfig.includes(id) && (status === 'skips' || status === 'blocks')).map(({ id }) => id)
}

test('a preview says what goes, which checks that clears and what stays, and touches nothing', async () => {
  await withSettings(obstacles)
  const before = await folderTree(home.home)
  const seen = await preview()
  expect(seen.settings.map(({ name }) => name)).toEqual(['xpack.security.enabled', 'discovery.seed_hosts', 'node.roles'])
  expect(seen.clears).toEqual(['security-enabled', 'discovery', 'master-role', 'data-role'])
  expect(seen.remains.every(({ id }) => !ofConfig.includes(id))).toBe(true)
  expect(seen.changes).toMatchObject([{ action: 'change', path: at('elasticsearch.yml'), secret: false }])
  expect(seen.changes[0]?.diff?.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toContain('#xpack.security.enabled: false')
  expect(await folderTree(home.home)).toEqual(before)
})

test('applied, nothing of it stands in the way any more, and undo gives the home back byte for byte', async () => {
  await withSettings(obstacles)
  const before = await folderTree(home.config)
  const { planId } = await preview()
  const done = await desk.apply(planId ?? '', undefined)
  expect(done.sentences[0]).toContain('xpack.security.enabled')
  expect(await yml()).toBe('# mine\ncluster.name: a\n#xpack.security.enabled: false\n#discovery.seed_hosts:\n#  - h1\n#  - h2\n#node.roles: [ ingest ]\n')
  expect(await stillOpen()).toEqual([])
  expect(await codeOf(() => desk.apply(planId ?? '', undefined))).toBe('no_such_plan')
  await undoFiles(home.config)
  expect(await folderTree(home.config)).toEqual(before)
})

test('a home that was set up, never ran and lost its certificates is made ready for a new set-up', async () => {
  await home.settings(`# mine\nxpack.security.enabled: true\nxpack.security.http.ssl: {enabled: true, keystore.path: certs/http.p12}\n`)
  await home.settle()
  const seen = await preview()
  expect(seen.settings.map(({ name }) => name)).toEqual(expect.arrayContaining(['xpack.security.enabled', 'xpack.security.http.ssl.keystore.path']))
  expect(seen.clears).toEqual(expect.arrayContaining(['tls-files', 'security-enabled', 'tls']))
  await desk.apply(seen.planId ?? '', undefined)
  expect(await stillOpen()).toEqual([])
})

test('several remedies stand one upon the other', async () => {
  await withSettings(obstacles)
  const before = await folderTree(home.config)
  await desk.apply((await preview()).planId ?? '', undefined)
  await writeFile(at('elasticsearch.yml'), `${await yml()}xpack.security.autoconfiguration.enabled: false\n`)
  await desk.apply((await preview()).planId ?? '', undefined)
  expect(await stillOpen()).toEqual([])
  await undoFiles(home.config)
  // the line that a person added in between stays theirs
  expect(await yml()).toBe(`${obstacles}xpack.security.autoconfiguration.enabled: false\n`)
  await writeFile(at('elasticsearch.yml'), obstacles)
  expect((await folderTree(home.config)).map((line) => line.split(' @')[0])).toEqual(before.map((line) => line.split(' @')[0]))
})

test('a set-up upon a remedy is rolled back to it, and undone with it', async () => {
  await withSettings(`xpack.security.enabled: false\n${ssl}`)
  await home.keystore('http-password')
  await home.settle()
  const before = await folderTree(home.config)
  await desk.apply((await preview()).planId ?? '', undefined)
  const remedied = await yml()
  const keystore = await readFile(at('elasticsearch.keystore'))
  const setUp = async (): Promise<void> => {
    const installation = await inspect({ home: home.home })
    const { plan } = await planFirstNode({ installation, facts: someFacts, answers: {}, now: new Date(), keys: await smallKeys() })
    await applyPlan(plan, { config: home.config, owner: ownerOfConfig(installation) })
  }
  await setUp()
  expect(await yml()).toContain('xpack.security.enabled: true')
  await rollBack(home.config)
  expect(await yml()).toBe(remedied)
  expect(await readFile(at('elasticsearch.keystore'))).toEqual(keystore)
  expect((await inspect({ home: home.home })).state).toBe('new')
  await setUp()
  await settle(home.config)
  await undoFiles(home.config)
  expect(await folderTree(home.config)).toEqual(before)
})

describe('of the keystore', () => {
  test('only what stands in the way leaves it; version and the other entries stay', async () => {
    await withSettings('xpack.security.enabled: false\n')
    await home.keystore('http-password')
    await home.settle()
    const before = await readKeystore(await readFile(at('elasticsearch.keystore')))
    const mode = (await stat(at('elasticsearch.keystore'))).mode
    const seen = await preview()
    expect(seen.keystoreEntries).toEqual(['xpack.security.http.ssl.keystore.secure_password'])
    expect(seen.changes.at(-1)).toMatchObject({ path: at('elasticsearch.keystore'), secret: true, diff: null })
    await desk.apply(seen.planId ?? '', undefined)
    const after = await readKeystore(await readFile(at('elasticsearch.keystore')))
    expect([after.version, after.hasPassword, [...after.entries.keys()]]).toEqual([
      before.version,
      false,
      [...before.entries.keys()].filter((name) => !seen.keystoreEntries.includes(name)),
    ])
    expect((await stat(at('elasticsearch.keystore'))).mode).toBe(mode)
    expect(await stillOpen()).toEqual([])
  })

  test('it goes also where nothing but that stands in the way', async () => {
    await home.keystore('transport-password')
    await home.settle()
    const seen = await preview()
    expect([seen.settings, seen.keystoreEntries.length > 0, seen.clears]).toEqual([[], true, ['keystore']])
    await desk.apply(seen.planId ?? '', undefined)
    expect(await stillOpen()).toEqual([])
  })

  test('a locked one asks for its password, and keeps it', async () => {
    await withSettings('xpack.security.enabled: false\n')
    await home.keystore('locked')
    await home.settle()
    expect(await codeOf(() => preview())).toBe('keystore_locked')
    expect(await codeOf(() => preview('wrong'))).toBe('keystore_wrong_password')
    const path = at('elasticsearch.keystore')
    const password = new Secret('correct horse')
    const { version, entries } = await readKeystore(await readFile(path), { password })
    const more = new Map([...entries, ['xpack.security.http.ssl.keystore.secure_password', SecretBytes.of(new Secret('x'))] as const])
    await writeFile(path, await writeKeystore({ version, entries: more, password }))
    const seen = await preview('correct horse')
    expect(seen.clears).toEqual(['security-enabled', 'keystore'])
    await desk.apply(seen.planId ?? '', undefined)
    expect(await codeOf(async () => readKeystore(await readFile(path)))).toBe('keystore_locked')
    expect([...(await readKeystore(await readFile(path), { password })).entries.keys()]).toEqual([...entries.keys()])
  })
})

describe('refused, with nothing touched', () => {
  const refusals: Record<string, [string, () => Promise<void>]> = {
    'where security is configured': ['configured_not_undone', () => withSettings('xpack.security.enabled: true\n')],
    'where TLS is configured': ['configured_not_undone', () => withSettings(ssl)],
    'where the node has data': [
      'in_use_not_undone',
      async () => {
        await home.file('data/nodes')
        await withSettings(obstacles)
      },
    ],
    'where the settings cannot be edited alone': ['settings_not_editable', () => withSettings('xpack.security.enabled: &no false\nnode.attr.x: *no\n')],
    'where the settings are a link': [
      'nothing_can_be_undone',
      async () => {
        await home.file('config/other.yml', obstacles)
        await home.link('config/elasticsearch.yml', 'config/other.yml')
        await home.settle()
      },
    ],
  }

  test.each(Object.entries(refusals))('%s', async (_, [code, spoil]) => {
    await spoil()
    const before = await folderTree(home.home)
    expect(await codeOf(() => preview())).toBe(code)
    expect(await folderTree(home.home)).toEqual(before)
    const { checks } = await runPreflight(await inspect({ home: home.home }))
    expect(checks.some(({ undoable }) => undoable === true)).toBe(code === 'settings_not_editable')
  })

  test('where the file changed since the preview, or the node got data', async () => {
    await withSettings(obstacles)
    const { planId } = await preview()
    await writeFile(at('elasticsearch.yml'), `${obstacles}a: 1\n`)
    const before = await folderTree(home.config)
    expect(await codeOf(() => desk.apply(planId ?? '', undefined))).toBe('changed_meanwhile')
    expect(await folderTree(home.config)).toEqual(before)
    const again = await preview()
    await home.file('data/nodes')
    expect(await codeOf(() => desk.apply(again.planId ?? '', undefined))).toBe('in_use_not_undone')
    expect(await folderTree(home.config)).toEqual(before)
    await rm(join(home.home, 'data'), { recursive: true })
    await desk.apply(again.planId ?? '', undefined)
  })
})

test('nothing is planned where nothing stands in the way that a plan could undo', async () => {
  await withSettings('cluster.initial_master_nodes: []\nxpack.security.autoconfiguration.enabled: true\n')
  // ready where this machine has a Java, else refused for want of one
  const seen = await preview().catch((thrown: Problem) => thrown.code)
  expect(typeof seen === 'string' ? seen : seen.planId).toBe(typeof seen === 'string' ? 'nothing_can_be_undone' : null)
})
