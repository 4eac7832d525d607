import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpeningPreview } from '../../shared/contract/transport.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { oracleHome, type OracleHome } from '../../test/oracle/home.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { inspect } from '../installation/inspect.ts'
import { applyPlan } from '../plan/apply.ts'
import { codeOf } from '../security/testing/code-of.ts'
import { ownerOfConfig } from '../setup/owner-of-config.ts'
import { SetupDesk } from '../setup/setup-desk.ts'
import { WorkDesk } from '../work/work-desk.ts'
import type { Here } from '../network/resolve-host.ts'
import { previewClosing } from './closing.ts'
import { lookAtTransport } from './look.ts'
import { draftOpening, type Opening } from './opening.ts'
import { TransportDesk } from './transport-desk.ts'

const owner = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : null
const configured = 'node.name: n1\nxpack.security.enabled: true\nxpack.security.transport.ssl:\n  enabled: true\n  verification_mode: certificate\ncluster.initial_master_nodes: ["n1"]\nhttp.host: 0.0.0.0\n'
const here: Here = { platform: 'linux', plugins: [], canBind: () => Promise.resolve(true), lookup: () => Promise.reject(new Error('ENOTFOUND')), interfaces: { lo: [{ address: '127.0.0.1', internal: true }], eth0: [{ address: '10.0.0.5', internal: false }] } }
let home: OracleHome
let desk: TransportDesk
let works: WorkDesk

beforeEach(async () => {
  home = await oracleHome({ tree: null, version: '9.4.3', owner })
  works = new WorkDesk()
  desk = new TransportDesk(new SetupDesk(), works)
})
afterEach(() => home.destroy())

const yml = (): Promise<string> => readFile(join(home.config, 'elasticsearch.yml'), 'utf8')
async function withSettings(text: string): Promise<void> {
  await home.settings(text)
  await home.settle()
}
const draft = (hosts: string): Promise<Opening> => draftOpening({ home: home.home }, hosts, null, here)
/** To this machine alone, which no bootstrap check minds. */
const preview = (hosts = '_local_'): Promise<OpeningPreview> => desk.preview({ home: home.home }, hosts, undefined)
async function ended(begun: WorkState): Promise<WorkState> {
  await works.live(begun.workId).done
  return works.live(begun.workId).state
}

test('a preview says what it means and what changes, foresees the bootstrap checks, and touches nothing', async () => {
  await withSettings(configured)
  const before = await folderTree(home.home)
  const { preview: seen } = await draft('10.0.0.5')
  expect(seen.sentences[0]).toBe('Transport listens on 10.0.0.5 (port 9300): nodes of other machines that reach it there can join.')
  expect(seen.sentences.join(' ')).toMatch(/bootstrap checks end a start.*encrypted.*Certificates stay as they are.*takes this up at its next start/)
  expect(seen.checks.map(({ id }) => id)).toEqual(expect.arrayContaining(['max-map-count', 'open-files', 'discovery', 'transport-tls']))
  expect(seen.changes).toMatchObject([{ action: 'change', path: join(home.config, 'elasticsearch.yml') }])
  expect(seen.restarts).toBe(false)
  expect(await folderTree(home.home)).toEqual(before)
})

test('every address, the addresses of an interface, and this machine alone are each told as what they are', async () => {
  await withSettings(configured)
  const first = async (hosts: string): Promise<string | undefined> => (await draft(hosts)).preview.sentences[0]
  expect(await first('0.0.0.0')).toContain('on every address of this machine')
  expect(await first('_site_')).toContain('_site_, which is 10.0.0.5 now')
  expect(await first('_local_')).toContain('only nodes of this machine can join')
  expect((await draft('_local_')).preview.checks).toEqual([])
})

test('a network.host that stands there is told for what it is, and stays', async () => {
  await withSettings(`${configured.replace('http.host: 0.0.0.0\n', '')}network.host: _site_\n`)
  expect((await draft('10.0.0.5')).preview.sentences[1]).toBe('network.host binds both layers to _site_; transport.host comes before it, for transport alone. Clients still reach the node on _site_.')
  expect((await lookAtTransport({ home: home.home })).open).toBe(true)
})

test.each([
  ['not_configured', 'node.name: n1\n'],
  ['not_configured', 'xpack.security.enabled: false\n'],
  ['transport_single_node', `${configured}discovery.type: single-node\n`],
  ['transport_profiles', `${configured}transport.profiles.default.bind_host: 127.0.0.1\n`],
  ['transport_published_elsewhere', `${configured}transport.publish_host: localhost\n`],
])('what can never be opened is refused: %s', async (code, text) => {
  await withSettings(text)
  expect(await codeOf(() => draft('10.0.0.5'))).toBe(code)
})

test('a stopped node is opened for its next start, and closed again byte for byte', async () => {
  await withSettings(configured)
  const before = await folderTree(home.config)
  expect(await codeOf(() => previewClosing({ home: home.home }))).toBe('nothing_opened')
  const { planId } = await preview()
  const state = await ended(await desk.open(planId ?? '', undefined))
  expect(state).toMatchObject({ stage: 'done', what: { what: 'open', hosts: ['_local_'] }, sentences: [expect.stringContaining('takes them up when it is started') as string] })
  expect(await yml()).toContain('\ntransport.host: _local_\n')
  expect(await desk.look({ home: home.home })).toMatchObject({ hosts: ['_local_'], open: false, opened: true, workId: null })
  expect(await preview()).toMatchObject({ planId: null, changes: [], sentences: [expect.stringContaining('Nothing is to be changed') as string] })

  expect((await previewClosing({ home: home.home })).sentences).toMatchObject([expect.stringContaining('will be put back as it was before the opening') as string, expect.stringContaining('lose this one') as string, expect.anything() as string])
  expect(await ended(await desk.close({ home: home.home }, undefined, undefined))).toMatchObject({ stage: 'done', sentences: [expect.stringContaining('was put back') as string, expect.anything() as string] })
  expect(await folderTree(home.config)).toEqual(before)
})

test('what was open before is not said to be closed', async () => {
  await withSettings(`${configured}transport.host: 0.0.0.0\n`)
  const { planId } = await preview()
  await ended(await desk.open(planId ?? '', undefined))
  expect((await previewClosing({ home: home.home })).sentences.join(' ')).toContain('open to other machines before as well')
  await ended(await desk.close({ home: home.home }, undefined, undefined))
  expect(await yml()).toBe(`${configured}transport.host: 0.0.0.0\n`)
})

test('a plan is opened once: asked again, by a page that did not hear the answer, it gives what was begun', async () => {
  await withSettings(configured)
  const { planId } = await preview()
  const first = await desk.open(planId ?? '', undefined)
  expect((await desk.open(planId ?? '', undefined)).workId).toBe(first.workId)
  await ended(first)
  expect((await desk.open(planId ?? '', undefined)).workId).toBe(first.workId)
  expect(await codeOf(() => desk.open('another', undefined))).toBe('no_such_plan')
})

test('settings that were edited after the preview are left alone', async () => {
  await withSettings(configured)
  const { planId } = await preview()
  await withSettings(`${configured}node.attr.rack: r1\n`)
  expect(await ended(await desk.open(planId ?? '', undefined))).toMatchObject({ stage: 'failed', problem: { code: 'changed_meanwhile' } })
  expect(await yml()).toBe(`${configured}node.attr.rack: r1\n`)
})

test('where a bootstrap check would fail there is no plan to apply', async () => {
  await withSettings(configured.replace('cluster.initial_master_nodes: ["n1"]\n', ''))
  const { checks } = (await draft('10.0.0.5')).preview
  expect(checks).toContainEqual(expect.objectContaining({ id: 'discovery', status: 'blocks' }))
  expect(await preview()).toMatchObject({ planId: expect.any(String) as string, checks: [] })
})

test('what an opening left whose process died is no unfinished set-up, and is put back by whoever looks next', async () => {
  await withSettings(configured)
  const before = await folderTree(home.config)
  const { plan, installation } = await draft('10.0.0.5')
  await applyPlan(plan, { config: home.config, owner: ownerOfConfig(installation) })
  expect(await yml()).toContain('transport.host: 10.0.0.5')
  expect((await inspect({ home: home.home })).state).toBe('configured')
  await draft('10.0.0.5')
  expect(await folderTree(home.config)).toEqual(before)
})
