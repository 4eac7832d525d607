import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oracleHome, type OracleHome } from '../../test/oracle/home.ts'
import { Secret } from '../../shared/secret.ts'
import { findHomes } from '../installation/find.ts'
import { quietAccount } from './desktop.ts'
import { diagnosticsText, type DiagnosticsSources } from './diagnostics.ts'

let es: OracleHome
let person: string
const owner = process.getuid?.() === 0 ? { uid: 4711, gid: 4711 } : null

beforeEach(async () => {
  es = await oracleHome({ tree: null, version: '9.4.3', owner })
  person = dirname(es.home)
})
afterEach(() => es.destroy())

/** Everything lies in the home folder of a person who has one Elasticsearch. */
const text = (change: Partial<DiagnosticsSources> = {}) =>
  diagnosticsText({
    kind: 'electron',
    account: quietAccount,
    find: () => findHomes({ places: [{ folder: person, depth: 1 }], timeUp: new AbortController().signal }),
    state: join(person, 'state'),
    homeFolder: person,
    env: {},
    ...change,
  })

async function failedStart(name: string, log: string): Promise<void> {
  await mkdir(join(person, 'state', 'failed-starts'), { recursive: true })
  await writeFile(join(person, 'state', 'failed-starts', name), log)
}

test('a report tells versions, the machine, and of each home its version, state, layout, Java and verdict in codes', async () => {
  await es.settings('xpack.security.enabled: false\n')
  await es.settle()
  const said = await text({ account: { ...quietAccount, versions: { Electron: '45.4.1' } } })
  expect(said).toMatch(/^Firstnode \d+\.\d+\.\d+ \(electron\)\nElectron 45\.4\.1\nNode\.js \d+/)
  expect(said).toMatch(/memory: [\d.]+ GB of [\d.]+ GB free/)
  expect(said).toMatch(/disk of ~: [\d.]+ GB of/)
  expect(said).toContain('Elasticsearch in the usual places: 1')
  expect(said).toContain('~/elasticsearch\n  version 9.4.3, unsecured\n  layout archive, settings in ~/elasticsearch/config (layout)\n')
  expect(said).toMatch(/\n {2}(no Java|Java \d)/)
  expect(said).toMatch(/\n {2}verdict (skipped|blocked), decided by [\w-]+/)
  expect(said).toMatch(/security-enabled skips/)
  expect(said).not.toContain(person)
})

test('the newest lines of our own log and of the newest failed start are in it, and no older ones', async () => {
  await es.settle()
  await failedStart('2026-01-01T00-00-00.000Z-elasticsearch.log', 'of long ago\n')
  await failedStart('2026-02-01T00-00-00.000Z-elasticsearch.log', `${Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n')}\n${'x'.repeat(9000)}\n`)
  const log = Array.from({ length: 1000 }, (_, index) => `entry ${index}`).join('\n')
  const said = await text({ account: { ...quietAccount, log: () => Promise.resolve(log), logFolder: join(person, 'logs') } })
  expect(said).toContain("Newest lines of Firstnode's own log (~/logs)")
  expect(said).toContain('entry 999')
  expect(said).not.toContain('entry 500\n')
  expect(said).toContain('Newest start that failed (2026-02-01')
  expect(said).toContain('line 499')
  expect(said).not.toMatch(/line 100\n|of long ago/)
  expect(said.length).toBeLessThan(30_000)
})

test('no secret is in it, wherever it reads: settings, environment, logs, and nodes that were set up here', async () => {
  const secrets = ['hunter2-settings', 'hunter2-broken', 'hunter2-env', 'hunter2-log', 'hunter2-failed', 'hunter2-live', 'hunter2-users', 'hunter2-jvm']
  const [settings, broken, env, log, failed, live, users, jvm] = secrets
  await es.settings(`cluster.name: a\nxpack.security.http.ssl.keystore.password: ${settings}\nbootstrap.password: "${broken}\n`)
  await es.file('config/users', `admin:${users}\n`)
  await es.file('config/jvm.options.d/own.options', `-Djavax.net.ssl.keyStorePassword=${jvm}\n`)
  await es.file('config/certs/http.key', `-----BEGIN PRIVATE KEY-----\n${settings}\n-----END PRIVATE KEY-----\n`)
  await es.settle()
  await failedStart('2026-02-01T00-00-00.000Z-elasticsearch.log', `value [${failed}] for setting [xpack.a.password]\nnode started with -Epassword=${failed}\nand then ${live} stood there alone\n`)
  const said = await text({
    account: { ...quietAccount, log: () => Promise.resolve(`asked https://elastic:${log}@localhost:9200\nELASTIC_PASSWORD=${log}\nthe clipboard held ${live}\n`) },
    env: { ELASTIC_PASSWORD: env, ES_JAVA_OPTS: `-Dpassword=${env}` },
    passwordOf: () => new Secret(live ?? ''),
  })
  for (const secret of secrets) expect(said).not.toContain(secret)
  expect(said).toContain('the clipboard held ••••')
})

test('a machine without any Elasticsearch, and a log that cannot be read, still give a report', async () => {
  const said = await text({ find: () => Promise.reject(new Error('no')), account: { ...quietAccount, log: () => Promise.reject(new Error('no')) } })
  expect(said).toContain('Elasticsearch in the usual places: 0')
})

test('a report says which usual places were not searched to their end', async () => {
  const find = () => Promise.resolve({ homes: [], unsearched: { slow: ['/net/share'], full: [] } })
  const said = await text({ find })
  expect(said).toContain('Elasticsearch in the usual places: 0\n  This list of Elasticsearch may not be complete.')
  expect(said).toContain('after 60 seconds, before it had finished in /net/share')
})
