import { mkdir, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { Secret } from '../../shared/secret.ts'
import { oracleHome, type OracleHome } from '../../test/oracle/home.ts'
import { installationOf } from '../../test/oracle/ours.ts'
import { runPreflight, type PreflightOptions } from './preflight.ts'
import { refusalOf } from './refusal.ts'

const gigabyte = 1024 ** 3
const root = process.getuid?.() === 0
const account = root ? { name: null, uid: 1000, gid: 1000, groups: [1000] } : null
let home: OracleHome

beforeEach(async () => {
  home = await oracleHome({ tree: null, version: '9.4.3', owner: account })
})
afterEach(() => home.destroy())

/** The report on the home with what the machine is like changed. */
async function check(changed: Partial<Installation> = {}, options: PreflightOptions = {}): Promise<PreflightReport> {
  await home.settle()
  const installation = await installationOf('9.4.3', home.home, { env: {}, runAs: account })
  return runPreflight({ ...installation, ...changed }, { env: { HOSTNAME: 'here' }, ...options })
}

/** A machine with few files to open, and with names and addresses of its own. */
const names: Readonly<Record<string, string>> = { localhost: '127.0.0.1', es1: '127.0.1.1', es2: '10.0.0.5', elsewhere: '10.0.0.9' }
const few: PreflightOptions = {
  limits: { openFiles: 20_000, threads: 4096, virtualMemory: Infinity, fileSize: Infinity, lockedMemory: 65_536 },
  here: {
    interfaces: {
      lo: [{ address: '127.0.0.1', internal: true }, { address: '::1', internal: true }],
      eth0: [{ address: '10.0.0.5', internal: false }],
    },
    platform: 'linux',
    plugins: [],
    lookup: (name) => {
      const address = names[name.toLowerCase()]
      return address === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve([address])
    },
    canBind: (address) => Promise.resolve(address !== '10.0.0.9'),
  },
}

function statusOf(report: PreflightReport, id: string): string | undefined {
  return report.checks.find((one) => one.id === id)?.status
}

test('a fresh home is ready, with nothing decided, nothing configured and no remedy', async () => {
  const report = await check()
  expect(report).toMatchObject({ verdict: 'ready', reason: null, decidedBy: null, configured: false })
  expect(report.checks.filter(({ status, remedy }) => status !== 'passed' || remedy !== null)).toEqual([])
})

test('checking changes nothing, not even the time of a folder', async () => {
  await home.settle()
  const before = await stat(home.config)
  await check()
  expect((await stat(home.config)).mtimeMs).toBe(before.mtimeMs)
})

describe('blocked', () => {
  test('by a Java that will not do, in the words of who looked for it', async () => {
    const javaTrouble = { code: 'java_too_new', message: 'Java 25 is too new.', remedy: 'Install a JDK 17.' }
    expect(await check({ javaTrouble })).toMatchObject({ verdict: 'blocked', decidedBy: 'java', reason: 'Java 25 is too new.' })
    expect(await check({ java: null })).toMatchObject({ verdict: 'blocked', decidedBy: 'java' })
  })

  test('by root', async () => {
    expect(await check({ runAs: { name: 'root', uid: 0, gid: 0, groups: [0] } })).toMatchObject({ verdict: 'blocked', decidedBy: 'account' })
  })

  test('by the port of a transport profile that is taken', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    await home.settings(`transport.profiles.other.port: ${port}\n`)
    const report = await check()
    await new Promise((done) => server.close(done))
    expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'ports' })
    expect(report.reason).toContain(`transport.profiles.other.port is set to ${port}`)
  })

  test('by a port that is named and taken; one that is not named moves on', async () => {
    const { ports } = await installationOf('9.4.3', home.home, { env: {}, runAs: account })
    expect(await check({ ports: { ...ports, httpNamed: true, httpTaken: true } })).toMatchObject({ verdict: 'blocked', decidedBy: 'ports' })
    expect(await check({ ports: { ...ports, transportNamed: true, transportTaken: true } })).toMatchObject({ verdict: 'blocked', decidedBy: 'ports' })
    expect(await check({ ports: { ...ports, httpTaken: true, transportTaken: true } })).toMatchObject({ verdict: 'ready' })
    expect(await check({ ports: { ...ports, http: 9300, httpNamed: true, transportNamed: true } })).toMatchObject({ verdict: 'blocked', decidedBy: 'ports' })
    expect(await check({ ports: { ...ports, http: 0, httpNamed: true, transport: 0, transportNamed: true } })).toMatchObject({ verdict: 'ready' })
  })

  test.each(['http.port: many\n', 'http.port: [9200, 9201]\n', 'transport.port: 9310-9305\n', 'transport.profiles.default.port: 70000\n', 'http.port: ","\n'])(
    'by ports that are none: %j',
    async (text) => {
      await home.settings(text)
      const report = await check({}, few)
      expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'ports', reason: expect.stringContaining(text.split(':')[0] ?? '') as string })
      expect(refusalOf(report)?.code).toBe('port_setting_invalid')
    },
  )

  test('by a folder whose name Elasticsearch would read as YAML', async () => {
    expect(await check({ home: '/opt/a #1/es' })).toMatchObject({ verdict: 'blocked', decidedBy: 'home-path' })
    expect(await check({ home: '/opt/a: b/es' })).toMatchObject({ verdict: 'blocked', decidedBy: 'home-path' })
  })

  test.each(["/opt/it's/es", '/opt/my "es"', '/opt/a & b $1', '/opt/M\u00fcller/es', '/opt/a#1/es', '/opt/{a}[b]'])('not by the folder %s', async (path) => {
    expect(statusOf(await check({ home: path }), 'home-path')).toBe('passed')
  })
})

describe('a home whose node runs', () => {
  const running = { pid: 4711, url: 'https://localhost:9200', secured: true, answering: true }
  const configured = 'xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\ncluster.initial_master_nodes: [here]\n'

  test('is running and secured, whatever would speak against setting it up', async () => {
    await home.settings(configured)
    await home.file('data/nodes')
    const { ports } = await installationOf('9.4.3', home.home, { env: {}, runAs: account })
    const taken = { ports: { ...ports, httpNamed: true, httpTaken: true, transportTaken: true } }
    const report = await check({ state: 'running', ...taken }, { running })
    expect(report).toMatchObject({ verdict: 'running', decidedBy: 'running', configured: true, running })
    expect(report.reason).toMatch(/running.*secured.*https:\/\/localhost:9200.*4711/)
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(refusalOf(report)).toMatchObject({ code: 'already_running', exit: 3, remedy: expect.stringContaining('stop it') })
  })

  test.each([
    ['xpack.security.enabled: false\n', { secured: false }, /without security/],
    ['xpack.security.enabled: true\n', { secured: false }, /TLS/],
    [configured, { answering: false }, /does not answer/],
  ])('says how it runs: %j, %j', async (text, how, words) => {
    await home.settings(text)
    const report = await check({ state: 'running' }, { running: { ...running, ...how } })
    expect(report).toMatchObject({ verdict: 'running', reason: expect.stringMatching(words) })
    expect(statusOf(report, 'running')).toBe('secured' in how ? 'skips' : 'passed')
  })

  test('is warned of settings with which it would not start again', async () => {
    await home.settings('a: b\na: c\n')
    const report = await check({ state: 'running' }, { running })
    expect(report).toMatchObject({ verdict: 'running', decidedBy: 'running' })
    expect(report.checks.find(({ id }) => id === 'settings')).toMatchObject({ status: 'warning', code: 'settings_duplicate_key' })
  })

  test('is unfinished where a set-up of ours did not end: no password was issued', async () => {
    await home.settings(configured)
    const report = await check({ state: 'unfinished' }, { running })
    expect(report).toMatchObject({ verdict: 'skipped', decidedBy: 'running' })
    expect(refusalOf(report)).toMatchObject({ code: 'unfinished_setup' })
  })
})

test('no check of a home that is set up advises to take security out', async () => {
  await home.settings('xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\ncluster.initial_master_nodes: [a, b]\n')
  await home.file('data/nodes')
  const report = await check()
  expect(report).toMatchObject({ verdict: 'skipped', configured: true })
  expect(report.checks.filter(({ status, remedy }) => status === 'skips' && remedy !== null)).toEqual([])
})

describe('disk', () => {
  const disk = (free: number, total = 100) => ({ disk: { path: '/d', freeBytes: free * gigabyte, totalBytes: total * gigabyte } })

  test.each([
    [11, 'warning'], [9, 'blocks'], [16, 'passed'], [14.9, 'warning'],
  ])('%d of 100 GB free: %s', async (free, status) => expect(statusOf(await check(disk(free)), 'disk')).toBe(status))

  test('on a large disk 150 GB are enough, as Elasticsearch has it', async () => {
    expect(statusOf(await check(disk(160, 10_000)), 'disk')).toBe('warning')
    expect(statusOf(await check(disk(210, 10_000)), 'disk')).toBe('passed')
    expect(statusOf(await check(disk(140, 10_000)), 'disk')).toBe('blocks')
  })

  test.each([
    ['a percentage', 'cluster.routing.allocation.disk.watermark:\n  low: 97%\n  high: 98%\n', 'passed'],
    ['a ratio', 'cluster.routing.allocation.disk.watermark.low: 0.97\ncluster.routing.allocation.disk.watermark.high: .98\n', 'passed'],
    ['an amount', 'cluster.routing.allocation.disk.watermark.low: 2gb\ncluster.routing.allocation.disk.watermark.high: 500mb\n', 'passed'],
    ['a larger amount', 'cluster.routing.allocation.disk.watermark.high: 20gb\n', 'blocks'],
    ['switched off', 'cluster.routing.allocation.disk.threshold_enabled: no\n', 'passed'],
  ])('watermarks by %s', async (_, text, status) => {
    await home.settings(text)
    expect(statusOf(await check(disk(5)), 'disk')).toBe(status)
  })
})

describe('memory', () => {
  const memory = { memory: { freeBytes: 2 * gigabyte, totalBytes: 4 * gigabyte } }

  test.each([
    ['1g', 'passed'], ['3g', 'warning'], ['4g', 'blocks'], ['64g', 'blocks'], ['many', 'blocks'], ['512m', 'passed'],
  ])('a heap of %s on 2 of 4 GB: %s', async (heap, status) => expect(statusOf(await check(memory, { heap }), 'memory')).toBe(status))

  test('the heap that the home names counts, the last of it', async () => {
    await home.file('config/jvm.options', '-Xmx512m\n17-:-Xmx3g\n# -Xmx9g\n')
    expect(statusOf(await check(memory), 'memory')).toBe('warning')
    await home.file('config/jvm.options.d/heap.options', '-Xms1g\n-Xmx1g\n')
    expect(statusOf(await check(memory), 'memory')).toBe('passed')
    expect(statusOf(await check(memory, { env: { ES_JAVA_OPTS: '-Xms8g -Xmx8g' } }), 'memory')).toBe('blocks')
  })
})

describe('bootstrap checks', () => {
  test.each([
    ['', 'passed'],
    ['network.host: _local_\n', 'passed'],
    ['transport.host: 127.0.0.1\nnetwork.host: 0.0.0.0\n', 'passed'],
    ['http.host: 0.0.0.0\n', 'passed'],
    ['network.host: 0.0.0.0\ndiscovery.type: single-node\n', 'passed'],
    ['network.host: _lo_\n', 'passed'],
    ['network.host: es1\n', 'passed'],
    ['network.host: [127.1, "::ffff:127.0.0.1", LOCALHOST]\n', 'passed'],
    ['http.publish_host: 10.0.0.5\nhttp.host: 0.0.0.0\n', 'passed'],
    ['network.publish_host: 10.0.0.5\ntransport.host: _local_\n', 'passed'],
    ['transport.profiles.other.bind_host: 10.0.0.5\ntransport.profiles.other.port: 9500\n', 'passed'],
    ['network.host: 0.0.0.0\n', 'blocks'],
    ['transport.host: [_local_, 10.0.0.5]\n', 'blocks'],
    ['network.bind_host: _site_\n', 'blocks'],
    ['network.publish_host: 10.0.0.5\n', 'blocks'],
    ['transport.publish_host: 192.0.2.7\n', 'blocks'],
    ['network.publish_host: [_local_, es2]\n', 'blocks'],
    ['transport.profiles.default.publish_host: 10.0.0.5\n', 'blocks'],
    ['transport.profiles.default.bind_host: _eth0:ipv4_\nnetwork.host: _local_\n', 'blocks'],
  ])('%j: %s', async (text, status) => {
    await home.settings(text)
    const report = await check({ maxMapCount: 65_530 }, few)
    expect([statusOf(report, 'max-map-count'), statusOf(report, 'open-files')]).toEqual([status, status])
    expect(report.verdict).toBe(status === 'passed' ? 'ready' : 'blocked')
  })

  test('all of them count where they are enforced, with the heap as it will be', async () => {
    await home.settings('transport.publish_host: 10.0.0.5\nbootstrap.memory_lock: true\n')
    await home.file('config/jvm.options', '-Xms1g\n-Xmx2g\n-XX:+UseSerialGC\n')
    const failing = ({ checks }: PreflightReport) => checks.filter(({ status }) => status === 'blocks').map(({ id }) => id)
    expect(failing(await check({}, few))).toEqual(['open-files', 'memory-lock', 'heap-size', 'collector'])
    expect(failing(await check({}, { ...few, heap: '1g' }))).toEqual(['open-files', 'memory-lock', 'collector'])
  })

  test('the property of the JVM enforces them too, and takes no other value', async () => {
    const withOption = (value: string) => check({}, { ...few, env: { ES_JAVA_OPTS: `-Des.enforce.bootstrap.checks=${value}` } })
    await home.settings('discovery.type: single-node\n')
    expect(await withOption('true')).toMatchObject({ verdict: 'blocked', decidedBy: 'open-files' })
    const refused = await withOption('false')
    expect(refused).toMatchObject({ verdict: 'blocked', decidedBy: 'enforce-bootstrap-checks', reason: expect.stringContaining('ES_JAVA_OPTS') as string })
  })
})

describe('settings that the node refuses', () => {
  test.each([
    ['discovery.type: single-node\ncluster.initial_master_nodes: [here]\n', 'discovery', 'single_node_with_masters'],
    ['discovery.type: single-node\ncluster.initial_master_nodes: []\n', 'discovery', 'single_node_with_masters'],
    ['discovery:\n  type: single-node\ncluster.initial_master_nodes.0: other\n', 'discovery', 'single_node_with_masters'],
    ['discovery.type: zen\n', 'discovery', 'discovery_type_unknown'],
    ['discovery.type: [single-node]\n', 'discovery', 'discovery_type_unknown'],
    ['node.master: true\n', 'removed-settings', 'settings_removed'],
    ['node:\n  max_local_storage_nodes: 2\n', 'removed-settings', 'settings_removed'],
    ['discovery.zen.ping.unicast.hosts: [a]\n', 'removed-settings', 'settings_removed'],
    ['discovery.zen.ping_timeout: 3s\n', 'removed-settings', 'settings_removed'],
    ['index.number_of_replicas: 0\n', 'removed-settings', 'settings_of_index'],
    ['index:\n  nosuch: 0\n', 'removed-settings', 'settings_of_index'],
    ['cluster.name: "a:b"\n', 'cluster-name', 'cluster_name_setting'],
  ])('%j: %s', async (text, decidedBy, code) => {
    await home.settings(text)
    const report = await check({}, few)
    expect(report).toMatchObject({ verdict: 'blocked', decidedBy })
    expect(refusalOf(report)?.code).toBe(code)
    expect(report.checks.find(({ id }) => id === decidedBy)?.undoable).toBe(decidedBy === 'cluster-name' ? undefined : true)
  })

  test('each removed setting is named with what took its place', async () => {
    await home.settings('node.data: true\nhttp.enabled: true\ntransport.tcp.port: 9300\n')
    const { checks } = await check({}, few)
    expect(checks.find(({ id }) => id === 'removed-settings')?.remedy).toBe('Remove http.enabled. Replace node.data with node.roles. Replace transport.tcp.port with transport.port.')
  })

  test('8 takes the name that multi-node had in 7', async () => {
    await home.settings('discovery.type: zen\n')
    expect(statusOf(await check({ major: 8, version: '8.16.6' }, few), 'discovery')).toBe('passed')
  })

  test.each([
    'discovery.type: single-node\ncluster.initial_master_nodes: ""\n',
    'discovery.type: ""\n',
    'cluster.initial_master_nodes: ${NOPE:}\nhttp.host: ""\n',
    'node.attr.master: true\nindices.memory.index_buffer_size: 10%\ntransport.tcp.keep_alive: true\n',
  ])('%j is no trouble', async (text) => {
    await home.settings(text)
    expect(await check({}, few)).toMatchObject({ verdict: 'ready' })
  })
})

describe('addresses', () => {
  test.each([
    ['http.host: 10.0.0.9\n', 'http.host in `elasticsearch.yml` is 10.0.0.9: this machine has no such address'],
    ['network.host: elsewhere\n', 'the name resolves to 10.0.0.9'],
    ['network.bind_host: nobody\n', 'no address is known'],
    ['transport.host: "[127.0.0.1]"\n', 'no address is known'],
    ['transport.publish_host: nobody\n', 'transport.publish_host'],
    ['http.publish_host: _eth7_\n', 'no network interface eth7'],
    ['network.host: [0.0.0.0, 127.0.0.1]\n', 'means every address'],
    ['http.bind_host: 224.0.0.1\n', 'multicast'],
    ['network.host: _ec2_\n', 'discovery-ec2'],
  ])('%j cannot start', async (text, why) => {
    await home.settings(text)
    const report = await check({}, few)
    expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'addresses', reason: expect.stringContaining(why) as string })
  })

  test('without a loopback interface, nothing starts that is left to the default address', async () => {
    const here = { ...few.here!, interfaces: { eth0: [{ address: '10.0.0.5', internal: false }] } }
    const reason = expect.stringContaining('No loopback interface is up') as string
    expect(await check({}, { ...few, here })).toMatchObject({ verdict: 'blocked', decidedBy: 'addresses', reason })
    await home.settings('network.host: 10.0.0.5\n')
    expect(statusOf(await check({}, { ...few, here }), 'addresses')).toBe('passed')
  })

  test.each(['http.publish_host: 192.0.2.7\n', 'http.host: [0.0.0.0, "0"]\n', 'http.host: [""]\n', 'network.publish_host: 0.0.0.0\nnetwork.bind_host: _local_\nhttp.host: es1\n'])('%j can', async (text) => {
    await home.settings(text)
    expect(statusOf(await check({}, few), 'addresses')).toBe('passed')
  })
})

describe('configured', () => {
  test('a home with TLS leads to what there is instead', async () => {
    await home.settings('xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\n')
    expect(await check()).toMatchObject({ verdict: 'skipped', decidedBy: 'security-enabled', configured: true })
  })

  test('a home with security switched off is not', async () => {
    await home.settings('xpack.security.enabled: false\nxpack.security.http.ssl.enabled: true\n')
    expect(await check()).toMatchObject({ verdict: 'skipped', configured: false })
  })

  test('a deb or rpm was configured when it was installed', async () => {
    expect(await check({ layout: 'package' })).toMatchObject({ verdict: 'skipped', decidedBy: 'layout', configured: true })
    const named = await check({ layout: 'package', configSource: 'asked' })
    expect(named.reason).toContain('environment file')
  })

  test('data alone does not make a home configured', async () => {
    await home.file('data/nodes')
    expect(await check()).toMatchObject({ verdict: 'skipped', decidedBy: 'data', configured: false })
  })
})

describe('the keystore', () => {
  test('a password opens a locked one, and stands in no word of the report', async () => {
    await home.keystore('locked')
    const opened = await check({}, { keystorePassword: new Secret('correct horse') })
    expect(opened.verdict).toBe('ready')
    const refused = await check({}, { keystorePassword: new Secret('battery staple') })
    expect(refused).toMatchObject({ verdict: 'blocked', decidedBy: 'keystore' })
    expect(JSON.stringify([opened, refused])).not.toMatch(/battery|horse/)
  })

  test('bootstrap.password in it is told, but not what it is', async () => {
    await home.keystore('bootstrap-password')
    const report = await check()
    expect(report.checks.find(({ id }) => id === 'keystore')?.detail).toContain('bootstrap.password')
    expect(JSON.stringify(report)).not.toContain('changeme')
  })
})

describe('a refusal', () => {
  test('carries the code of what stands in the way, where that has one', async () => {
    await home.keystore('locked')
    expect(refusalOf(await check())).toMatchObject({ code: 'keystore_locked', exit: 3 })
    await home.settings('a: b\na: c\n')
    expect(refusalOf(await check())).toMatchObject({ code: 'settings_duplicate_key', exit: 3 })
  })

  test('else that of the verdict; and there is none where all is well', async () => {
    expect(refusalOf(await check())).toBeNull()
    await home.settings('xpack.security.enabled: false\n')
    const refusal = refusalOf(await check())
    expect(refusal).toMatchObject({ code: 'skipped', exit: 3 })
    expect(refusal?.message).toContain('switched off')
  })
})

test('no remedy of any check tells to delete or move data', async () => {
  await mkdir(join(home.home, 'data'))
  await writeFile(join(home.home, 'data', 'nodes'), '')
  const report = await check()
  const remedy = report.checks.find(({ id }) => id === 'data')?.remedy ?? ''
  expect(remedy).toContain('stays as it is')
  for (const check of report.checks) expect(check.remedy ?? '').not.toMatch(/(delete|remove|move|rm -|empty) [^.]*data/i)
})

test.each(['[data]', '[ingest]', '[]', '[data_hot, data_content]', '[master]', '[master, voting_only]', '[remote_cluster_client, ml]'])('a node that joins may have the roles %s, as with stock', async (roles) => {
  await writeFile(join(home.home, 'config', 'elasticsearch.yml'), `node.roles: ${roles}\n`)
  const report = await check({}, { joining: true })
  expect([statusOf(report, 'master-role'), statusOf(report, 'data-role')]).toEqual(['passed', 'passed'])
})

test.each(['[data, voting_only]', '[data, chief]', '[MASTER, DATA]'])('but not the roles %s, with which Elasticsearch does not start', async (roles) => {
  await writeFile(join(home.home, 'config', 'elasticsearch.yml'), `node.roles: ${roles}\n`)
  expect(statusOf(await check({}, { joining: true }), 'master-role')).toBe('blocks')
})
