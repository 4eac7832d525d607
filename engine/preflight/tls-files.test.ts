import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { Secret } from '../../shared/secret.ts'
import { oracleHome, type OracleHome } from '../../test/oracle/home.ts'
import { installationOf } from '../../test/oracle/ours.ts'
import { entryNames } from '../security/config-paths.ts'
import { writeKeystore } from '../security/keystore.ts'
import { writeStore } from '../security/pkcs12-write.ts'
import { SecretBytes } from '../security/secret-bytes.ts'
import { judge } from './preflight.ts'

const account = process.getuid?.() === 0 ? { name: null, uid: 1000, gid: 1000, groups: [1000] } : null
const settings = `
xpack.security.enabled: true
xpack.security.enrollment.enabled: true
xpack.security.http.ssl: {enabled: true, keystore.path: certs/http.p12}
xpack.security.transport.ssl: {enabled: true, keystore.path: certs/transport.p12, truststore.path: certs/transport.p12}
cluster.initial_master_nodes: ["here"]
`
const entries = [entryNames.http, entryNames.transport, entryNames.truststore] as const
let home: OracleHome

/** A home as a set-up leaves it. */
beforeEach(async () => {
  home = await oracleHome({ tree: null, version: '9.4.3', owner: account })
  await home.settings(settings)
  const store = await writeStore({ keys: [], trusted: [] }, new Secret('right one'))
  for (const name of ['http', 'transport']) await home.file(`config/certs/${name}.p12`, store)
  await keep(Object.fromEntries(entries.map((name) => [name, 'right one'])))
})
afterEach(() => home.destroy())

async function keep(passwords: Readonly<Record<string, string>>): Promise<void> {
  const kept = new Map(Object.entries(passwords).map(([name, text]) => [name, SecretBytes.of(new Secret(text))]))
  await home.file('config/elasticsearch.keystore', await writeKeystore({ version: 7, entries: kept }))
}

async function look(): Promise<{ report: PreflightReport; certificates: PreflightReport['checks'][number] | undefined; undoes: readonly string[] | null }> {
  await home.settle()
  const installation = await installationOf('9.4.3', home.home, { env: {}, runAs: account })
  const { report, obstacles } = await judge(installation, { env: { HOSTNAME: 'here' } })
  return { report, certificates: report.checks.find(({ id }) => id === 'tls-files'), undoes: obstacles?.settings ?? null }
}

test('a home whose certificates are all there is set up, and nothing of it is undone', async () => {
  const { report, certificates, undoes } = await look()
  expect([report.verdict, report.configured, certificates, undoes]).toEqual(['skipped', true, undefined, null])
  expect(report.checks.map(({ code }) => code)).toContain('password_unseen')
})

const without = (name: string) => keep(Object.fromEntries(entries.filter((one) => one !== name).map((one) => [one, 'right one'])))

test.each<[string, string, RegExp, () => Promise<unknown>]>([
  ['the folder is gone', 'tls_store_lost', /http\.p12, which does not exist/, () => home.remove('config/certs')],
  ['one is gone', 'tls_store_lost', /transport\.p12, which does not exist/, () => home.remove('config/certs/transport.p12')],
  ['one is empty', 'tls_store_lost', /http\.p12.*is empty/, () => home.file('config/certs/http.p12', '')],
  ['one is rubbish', 'tls_store_lost', /http\.p12.*is damaged/, () => home.file('config/certs/http.p12', 'rubbish')],
  ['one is a folder', 'tls_store_lost', /http\.p12.*is not a file/, async () => { await home.remove('config/certs/http.p12'); await home.folder('config/certs/http.p12') }],
  ['one is closed', 'tls_store_lost', /cannot read .*http\.p12/, () => home.mode('config/certs/http.p12', 0)],
  ['one is outside', 'tls_store_lost', /\/etc\/certs\/http\.p12.*only in/, () => home.settings(settings.replace('certs/http.p12', '/etc/certs/http.p12'))],
  ['a PEM file is gone', 'tls_store_lost', /node\.crt, which does not exist/, () => home.settings(`${settings}xpack.security.http.ssl.certificate: certs/node.crt\n`)],
  ['the keystore is gone', 'tls_store_locked', /does not contain the password of .*http\.p12/, () => home.remove('config/elasticsearch.keystore')],
  ['an entry is gone', 'tls_store_locked', /truststore\.secure_password/, () => without(entryNames.truststore)],
  ['a password is another', 'tls_store_locked', /does not open .*http\.p12/, () => keep({ [entryNames.http]: 'wrong', [entryNames.transport]: 'right one', [entryNames.truststore]: 'right one' })],
])('where %s the node cannot start, which is said with what helps', async (_, code, words, change) => {
  await change()
  const { report, certificates, undoes } = await look()
  expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'tls-files', configured: true, reason: expect.stringMatching(words) })
  expect(certificates).toMatchObject({ code, remedy: expect.stringMatching(/backup.*firstnode prepare/s) })
  expect(report.checks.map((check) => check.code)).not.toContain('password_unseen')
  expect(JSON.stringify(report.checks)).not.toMatch(/new password/)
  expect(undoes).toEqual(expect.arrayContaining(['xpack.security.enabled', 'xpack.security.http.ssl.enabled']))
})

test('a node that has data is told to restore them, and nothing of it is undone', async () => {
  await home.remove('config/certs')
  await home.file('data/nodes')
  const { report, certificates, undoes } = await look()
  expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'tls-files' })
  expect(certificates?.remedy).toMatch(/backup/)
  expect(certificates?.remedy).not.toMatch(/prepare/)
  expect(undoes).toBeNull()
})

test('a keystore with a password says nothing of the stores, and security that is off needs none', async () => {
  await home.keystore('locked')
  expect((await look()).certificates).toBeUndefined()
  await home.settings(settings.replace('xpack.security.enabled: true', 'xpack.security.enabled: false'))
  await home.remove('config/certs')
  expect((await look()).certificates).toBeUndefined()
})

test('without the reserved realm there is no elastic user: no first node is set up, and the setting can be undone', async () => {
  const off = 'xpack.security.authc.reserved_realm.enabled'
  await home.settings(`${off}: false\n`)
  await home.remove('config/elasticsearch.keystore')
  const { report, undoes } = await look()
  expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'elastic-user' })
  expect(report.checks.find(({ id }) => id === 'elastic-user')).toMatchObject({ code: 'reserved_realm_off', undoable: true })
  expect(undoes).toEqual([off])
})
