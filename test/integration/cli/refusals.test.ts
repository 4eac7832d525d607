import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { program } from '../../cli/outside.ts'
import { untouchedMark } from '../../cli/untouched.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { long } from '../../support/long.ts'

const homes = new Map<string, FreshHome>()
let aside: string

beforeAll(async () => {
  for (const version of ['9.4.3', '8.16.6'] as const) homes.set(version, await freshHome(version))
  aside = await mkdtemp(join(tmpdir(), 'firstnode-refusals-'))
  await chmod(aside, 0o755)
})

afterAll(async () => {
  for (const fresh of homes.values()) await fresh.remove()
  await rm(aside, { recursive: true, force: true })
})

interface Spoiled {
  readonly args?: readonly string[]
  readonly env?: Record<string, string>
  readonly stdin?: string
  readonly code: string
  readonly exit: number
  /** words that the message or the remedy must hold */
  readonly says: string
  /** ends what spoiling began */
  readonly restore?: () => Promise<unknown>
}

/** What is done to the home, and what must be said of it. `config` is that of the home. */
type Spoil = (fresh: FreshHome, config: string) => Promise<Spoiled>

const settings = (text: string | Uint8Array) => async (config: string) => {
  const path = join(config, 'elasticsearch.yml')
  const before = await readFile(path)
  await writeFile(path, text)
  return () => writeFile(path, before)
}

const keystore = (bytes: (oracle: Buffer) => Uint8Array, name = 'plain') => async (fresh: FreshHome, config: string) => {
  const path = join(config, 'elasticsearch.keystore')
  await writeFile(path, bytes(await readFile(join(import.meta.dirname, '..', '..', 'oracle', 'keystores', `${name}.keystore`))), { mode: 0o660 })
  await owned(fresh, path)
  return () => rm(path)
}

async function owned(fresh: FreshHome, path: string): Promise<void> {
  if (process.getuid?.() === 0) await program('chown', ['-R', `${fresh.account.uid}:${fresh.account.gid}`, path])
}

/** A Java by its looks, as `inspect` reads it: a release file and an executable. */
async function javaOf(major: number): Promise<string> {
  const home = join(aside, `java-${major}`)
  await mkdir(join(home, 'bin'), { recursive: true })
  await writeFile(join(home, 'release'), `JAVA_VERSION="${major}.0.1"\n`)
  await writeFile(join(home, 'bin', 'java'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  return home
}

const cases: Record<string, Spoil> = {
  'elasticsearch.yml that is no YAML': async (_, config) => ({ code: 'settings_no_yaml', exit: 3, says: 'elasticsearch.yml', restore: await settings('cluster.name: [a\nnode: }{\n')(config) }),
  'elasticsearch.yml whose root is no map': async (_, config) => ({ code: 'settings_no_map', exit: 3, says: 'elasticsearch.yml', restore: await settings('- a\n- b\n')(config) }),
  'elasticsearch.yml with duplicate keys': async (_, config) => ({ code: 'settings_duplicate_key', exit: 3, says: 'cluster.name', restore: await settings('cluster.name: a\ncluster.name: b\n')(config) }),
  'elasticsearch.yml of 50 MB': async (_, config) => ({ code: 'settings_too_large', exit: 3, says: 'elasticsearch.yml', restore: await settings(Buffer.alloc(50_000_000, '# a comment of 25 bytes ..\n'))(config) }),
  'security that is switched off': async (_, config) => ({ code: 'skipped', exit: 3, says: 'up --as-is', restore: await settings('xpack.security.enabled: false\n')(config) }),
  'security that is configured by hand': async (_, config) => ({ code: 'skipped', exit: 3, says: 'xpack.security.enabled is set to true', restore: await settings('xpack.security.enabled: true\n')(config) }),
  'TLS by hand between nodes, and none for clients': async (_, config) => ({
    code: 'skipped',
    exit: 3,
    says: 'up --as-is',
    restore: await settings('xpack.security.transport.ssl.enabled: true\nxpack.security.http.ssl.enabled: false\n')(config),
  }),
  'TLS by hand for clients, whose authority is not known': async (_, config) => ({
    code: 'http_ca_unknown',
    exit: 3,
    says: 'up --as-is',
    restore: await settings('xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.keystore.path: mine.p12\n')(config),
  }),
  'a keystore that is torn': async (fresh, config) => ({ code: 'keystore_torn', exit: 3, says: 'keystore', restore: await keystore((oracle) => oracle.subarray(0, oracle.length - 20))(fresh, config) }),
  'a keystore with a wrong CRC': async (fresh, config) => ({
    code: 'keystore_torn',
    exit: 3,
    says: 'keystore',
    restore: await keystore((oracle) => Buffer.concat([oracle.subarray(0, -1), Buffer.from([oracle.at(-1)! ^ 0xff])]))(fresh, config),
  }),
  'a keystore that is locked': async (fresh, config) => ({ code: 'keystore_locked', exit: 3, says: '--keystore-password-stdin', restore: await keystore((oracle) => oracle, 'locked')(fresh, config) }),
  'a wrong password for the keystore': async (fresh, config) => ({
    args: ['--keystore-password-stdin'],
    stdin: 'not-the-password\n',
    code: 'keystore_wrong_password',
    exit: 3,
    says: 'password',
    restore: await keystore((oracle) => oracle, 'locked')(fresh, config),
  }),
  'data that is there already': async (fresh) => {
    const data = join(fresh.home, 'data')
    await mkdir(data, { recursive: true })
    await writeFile(join(data, 'something'), 'x')
    await owned(fresh, data)
    return { code: 'skipped', exit: 3, says: '--as-is', restore: () => rm(data, { recursive: true }) }
  },
  'a config directory that the node may not write': async (_, config) => {
    await chmod(config, 0o550)
    return { code: 'skipped', exit: 3, says: config, restore: () => chmod(config, 0o750) }
  },
  'an account that the home does not belong to': async () => ({ args: ['--user', '64123'], code: process.getuid?.() === 0 ? 'blocked' : 'user_needs_root', exit: 3, says: 'account' }),
  'the account root': async () => ({ args: ['--user', '0'], code: process.getuid?.() === 0 ? 'would_run_as_root' : 'user_needs_root', exit: 3, says: 'root' }),
  'an account that is not there': async () => ({ args: ['--user', 'nobody-by-this-name'], code: 'no_such_account', exit: 3, says: 'nobody-by-this-name' }),
  'an ES_JAVA_HOME that leads nowhere': async () => ({ env: { ES_JAVA_HOME: join(aside, 'nowhere') }, code: 'es_java_home_wrong', exit: 3, says: 'ES_JAVA_HOME' }),
  'a Java that is too old': async () => ({ env: { ES_JAVA_HOME: await javaOf(11) }, code: 'java_too_old', exit: 3, says: '11' }),
  'a named port that is taken': async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, () => resolve()))
    const { port } = server.address() as { port: number }
    return { args: ['--http-port', String(port)], code: 'port_taken', exit: 3, says: String(port), restore: () => new Promise((resolve) => server.close(resolve)) }
  },
  'equal ports': async () => ({ args: ['--http-port', '9210', '--transport-port', '9210'], code: 'bad_input', exit: 2, says: '9210' }),
  'a port that is none': async () => ({ args: ['--http-port', '65536'], code: 'bad_input', exit: 2, says: '65535' }),
  'a heap that is no size': async () => ({ args: ['--heap', 'plenty'], code: 'bad_input', exit: 2, says: '512m' }),
  'a heap of more than the machine has': async () => ({ args: ['--heap', '900000g'], code: 'bad_heap', exit: 3, says: 'memory' }),
  'a node name of 300 characters': async () => ({ args: ['--node-name', 'n'.repeat(300)], code: 'bad_node_name', exit: 2, says: 'name' }),
  'a node name with control characters': async () => ({ args: ['--node-name', 'al\u0007pha\n'], code: 'bad_node_name', exit: 2, says: 'name' }),
  'a cluster name with a colon': async () => ({ args: ['--cluster-name', 'a:b'], code: 'bad_cluster_name', exit: 2, says: 'name' }),
}

/** Every refusal as JSON; every fourth in words as well, all of them in the long run: what prints them is one. */
const asked = Object.keys(cases).flatMap((name, index) => (name.includes('Java') ? ['9.4.3', '8.16.6'] : ['9.4.3']).map((version) => ({ name, version, words: long || index % 4 === 0 })))

test.each(asked)(
  '$name on $version is refused with one clear error, and the home stays byte for byte what it was',
  async ({ name, version, words }) => {
    const fresh = homes.get(version)!
    const spoiled = await cases[name]!(fresh, join(fresh.home, 'config'))
    try {
      const before = await untouchedMark(fresh.home)
      const args = ['up', '--home', fresh.home, ...(spoiled.args ?? [])]
      const call = { java: fresh.java, ...(spoiled.env === undefined ? {} : { env: spoiled.env }), ...(spoiled.stdin === undefined ? {} : { stdin: spoiled.stdin }) }
      const [asJson, inWords] = await Promise.all([firstnode([...args, '--json'], call), words ? firstnode(args, call) : null])
      expect(await untouchedMark(fresh.home)).toEqual(before)
      expectError(asJson, spoiled)
      if (inWords !== null) expectWords(inWords, spoiled)
    } finally {
      await spoiled.restore?.()
    }
  },
)

test('a Java that is too new for 8.16 is refused, and the home stays what it was', async () => {
  const fresh = homes.get('8.16.6')!
  const before = await untouchedMark(fresh.home)
  const ended = await firstnode(['up', '--home', fresh.home, '--json'], { java: await javaOf(25) })
  expectError(ended, { code: 'java_too_new', exit: 3, says: '25' })
  expect(await untouchedMark(fresh.home)).toEqual(before)
})

test('a folder that is no Elasticsearch is refused by every command, and stays empty', async () => {
  const empty = join(aside, 'empty')
  await mkdir(empty, { recursive: true })
  const before = await untouchedMark(empty)
  for (const command of ['check', 'plan', 'up', 'status', 'start', 'stop', 'show', 'undo'])
    expectError(await firstnode([command, '--home', empty, '--json']), { code: 'not_elasticsearch', exit: 3, says: empty })
  expect(await untouchedMark(empty)).toEqual(before)
})

test('Elasticsearch 7 is refused', async () => {
  const fresh = homes.get('9.4.3')!
  const old = join(aside, 'old')
  await mkdir(join(old, 'lib'), { recursive: true })
  for (const folder of ['bin', 'config']) await cp(join(fresh.home, folder), join(old, folder), { recursive: true })
  await writeFile(join(old, 'lib', 'elasticsearch-7.17.0.jar'), '')
  const before = await untouchedMark(old)
  expectError(await firstnode(['up', '--home', old, '--json']), { code: 'version_too_old', exit: 3, says: '7.17.0' })
  expect(await untouchedMark(old)).toEqual(before)
})

test('commands for a configured node refuse a fresh one, and leave it as it was', async () => {
  const fresh = homes.get('9.4.3')!
  const before = await folderTree(fresh.home)
  const call = { java: fresh.java, env: { ELASTIC_PASSWORD: 'whatever' } }
  expectError(await firstnode(['start', '--home', fresh.home, '--json'], call), { code: 'not_configured', exit: 3, says: 'firstnode up' })
  expectError(await firstnode(['show', '--home', fresh.home, '--json'], call), { code: 'not_configured', exit: 3, says: 'firstnode up' })
  expectError(await firstnode(['undo', '--home', fresh.home, '--yes', '--json'], call), { code: 'nothing_to_undo', exit: 3, says: fresh.home })
  expectError(await firstnode(['token', '--scope', 'node', '--home', fresh.home, '--json'], call), { code: 'not_configured', exit: 3, says: 'firstnode up' })
  expect(json(await firstnode(['status', '--home', fresh.home, '--json'], call))).toMatchObject({ running: false })
  expect(json(await firstnode(['stop', '--home', fresh.home, '--json'], call))).toMatchObject({ running: false })
  expect(await folderTree(fresh.home)).toEqual(before)
})

test('check and plan touch nothing', async () => {
  const fresh = homes.get('9.4.3')!
  const before = await untouchedMark(fresh.home)
  const checked = await firstnode(['check', '--home', fresh.home, '--json'], { java: fresh.java })
  expect(checked.code).toBe(0)
  expect(json(checked)).toMatchObject({ verdict: 'ready', reason: null })
  const planned = await firstnode(['plan', '--home', fresh.home, '--node-name', 'alpha'], { java: fresh.java })
  expect(planned.code).toBe(0)
  expect(planned.out).toContain('+ xpack.security.enabled: true')
  expect(await untouchedMark(fresh.home)).toEqual(before)
})

test('a locked keystore opens with its password from standard input', async () => {
  const fresh = homes.get('9.4.3')!
  const restore = await keystore((oracle) => oracle, 'locked')(fresh, join(fresh.home, 'config'))
  try {
    const planned = await firstnode(['plan', '--home', fresh.home, '--keystore-password-stdin', '--json'], { java: fresh.java, stdin: 'correct horse\n' })
    expect({ code: planned.code, err: planned.err }).toMatchObject({ code: 0 })
    expect(planned.out).not.toContain('correct horse')
  } finally {
    await restore()
  }
})

test('--config and ES_PATH_CONF name the same config directory', async () => {
  const fresh = homes.get('9.4.3')!
  const config = join(aside, 'config')
  await cp(join(fresh.home, 'config'), config, { recursive: true })
  await writeFile(join(config, 'elasticsearch.yml'), 'xpack.security.enabled: true\n')
  await owned(fresh, config)
  const named = await firstnode(['check', '--home', fresh.home, '--config', config, '--json'], { java: fresh.java })
  const fromEnv = await firstnode(['check', '--home', fresh.home, '--json'], { java: fresh.java, env: { ES_PATH_CONF: config } })
  expect([named.code, fromEnv.code]).toEqual([10, 10])
  const { reason } = json(named) as { reason: string }
  expect(reason).toContain('xpack.security.enabled')
  expect(json(fromEnv)).toMatchObject({ verdict: 'skipped', reason })
})

function expectError(ended: Ended, { code, exit, says }: Pick<Spoiled, 'code' | 'exit' | 'says'>): void {
  const told = json(ended) as { error: Record<'code' | 'message' | 'remedy', string> }
  expect(Object.keys(told)).toEqual(['error'])
  expect(Object.keys(told.error)).toEqual(['code', 'message', 'remedy'])
  expect({ exit: ended.code, code: told.error.code, message: told.error.message }).toMatchObject({ exit, code })
  expect(`${told.error.message} ${told.error.remedy}`).toContain(says)
  expect(told.error.remedy).not.toBe('')
}

function expectWords(ended: Ended, { code, exit, says }: Spoiled): void {
  expect({ code: ended.code, out: ended.out }).toEqual({ code: exit, out: '' })
  expect(ended.err).toContain(says)
  expect(ended.err).toContain(`(${code})`)
  expect(ended.err).not.toMatch(/\n\s+at /)
}
