import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context, Finding } from '../check.ts'
import { readSettings } from '../settings.ts'
import { elasticPasswordRule } from './elastic-password.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firstnode-unseen-'))
  for (const name of ['config', 'logs']) await mkdir(join(home, name))
})
afterEach(() => rm(home, { recursive: true }))

const autoConfigured = `
xpack.security.enabled: true
xpack.security.enrollment.enabled: true
xpack.security.http.ssl: {enabled: true, keystore.path: certs/http.p12}
cluster.initial_master_nodes: ["n1"]
`
const background = '[2026-11-25T09:53:22,233][INFO ][o.e.x.s.InitialNodeSecurityAutoConfiguration] [n1] Auto-configuration will not generate a password for the elastic built-in superuser, as we cannot  determine if there is a terminal attached to the elasticsearch process.'
const formed = '[2026-11-25T09:53:23,925][INFO ][o.e.c.c.CoordinationState] [n1] cluster UUID set to [BXlCH7e0R2Konw2p_UFF_Q]'
function look(more: { settings?: string; entries?: string[] | null; state?: string } = {}): Promise<Finding | null> | Finding | null {
  const { settings = autoConfigured, entries = ['keystore.seed'], state = 'configured' } = more
  const installation = { home, config: join(home, 'config'), data: [join(home, 'data')], logs: join(home, 'logs'), state }
  return elasticPasswordRule.run({ installation, settings: readSettings(settings, {}), keystore: { names: entries } } as unknown as Context)
}
/** The node ran; `users` was last touched before it was configured, or after that. */
const ran = async (lines: readonly string[], users: 'before' | 'after' = 'before'): Promise<void> => {
  const configured = new Date(Date.now() + (users === 'before' ? 60_000 : -60_000))
  await mkdir(join(home, 'config', 'certs'), { recursive: true })
  for (const name of ['users', 'certs/http.p12', 'certs/transport.p12']) await writeFile(join(home, 'config', name), '')
  await utimes(join(home, 'config', 'certs', 'transport.p12'), configured, configured)
  await mkdir(join(home, 'data', 'nodes'), { recursive: true })
  await writeFile(join(home, 'logs', 'elasticsearch.log'), `${lines.join('\n')}\n`)
}
const unseen = { status: 'warning', code: 'password_unseen' }

test('a first start that died half-way left a node that is configured and whose password nobody saw', async () => {
  expect(await look()).toMatchObject({ ...unseen, detail: expect.stringContaining('never came up') })
  await mkdir(join(home, 'data'))
  expect(await look()).toMatchObject(unseen)
})

test('a first start in the background made no password, as the log says, until somebody goes through the file realm', async () => {
  await ran([background, formed])
  expect(await look()).toMatchObject({ ...unseen, detail: expect.stringContaining('no terminal') })
  await ran([background, formed], 'after')
  expect(await look()).toBeNull()
  // A renewed certificate says nothing of that.
  const renewed = new Date(Date.now() + 120_000)
  await utimes(join(home, 'config', 'certs', 'http.p12'), renewed, renewed)
  expect(await look()).toBeNull()
})

test('it is silent where a password was chosen before, and where nothing is certain', async () => {
  for (const entry of ['bootstrap.password', 'autoconfiguration.password_hash']) expect(await look({ entries: ['keystore.seed', entry] })).toBeNull()
  expect(await look({ entries: null })).toBeNull()
  expect(await look({ state: 'unfinished' })).toBeNull()
  expect(await look({ settings: autoConfigured.replace('cluster.initial_master_nodes', 'discovery.seed_hosts') })).toBeNull()
  expect(await look({ settings: autoConfigured.replace('enrollment.enabled: true', 'enrollment.enabled: false') })).toBeNull()
  await ran([formed])
  expect(await look()).toBeNull()
  await ran([background])
  expect(await look()).toBeNull()
  await rm(join(home, 'logs'), { recursive: true })
  expect(await look()).toBeNull()
})
