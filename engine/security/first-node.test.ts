import { createHash, X509Certificate } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { compare } from 'bcryptjs'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import type { Change } from '../plan/plan.ts'
import { outlineFirstNode, planFirstNode, type FirstNodeInput, type FirstNodePlan } from './first-node.ts'
import type { NodeKeys } from './keys.ts'
import { readKeystore, writeKeystore, type KeystoreEntries } from './keystore.ts'
import { readStore } from './pkcs12-read.ts'
import { SecretBytes } from './secret-bytes.ts'
import { codeOf } from './testing/code-of.ts'
import { smallKeys } from './testing/small-keys.ts'
import { someFacts, temporaryConfig, type TemporaryConfig } from './testing/temporary-config.ts'

const now = new Date('2026-11-23T23:15:07Z')
const homes: TemporaryConfig[] = []
let keys: NodeKeys

beforeAll(async () => {
  keys = await smallKeys()
})
afterEach(async () => {
  await Promise.all(homes.splice(0).map((home) => home.remove()))
})

async function home(yml = '# mine\n', version = '8.13.0'): Promise<TemporaryConfig> {
  const made = await temporaryConfig(yml, version)
  homes.push(made)
  return made
}

const input = ({ installation }: TemporaryConfig, more: Partial<FirstNodeInput> = {}): FirstNodeInput => ({
  installation,
  facts: someFacts,
  answers: {},
  now,
  env: { HOSTNAME: 'my-host' },
  ...more,
})

type Write = Change & { kind: 'write' }
const pathOf = (change: Change): string => (change.kind === 'rename' ? change.to : change.path)
function write({ plan }: Pick<FirstNodePlan, 'plan'>, name: string): Write {
  const change = plan.changes.find((one) => one.kind === 'write' && one.path.endsWith(name))
  if (change?.kind !== 'write') throw new Error(`no change writes ${name}`)
  return change
}

async function withKeystore(config: string, entries: Record<string, string>, password: Secret | null = null): Promise<Buffer> {
  const map: KeystoreEntries = new Map(Object.entries(entries).map(([name, value]) => [name, SecretBytes.of(new Secret(value))]))
  const bytes = await writeKeystore({ version: 4, entries: map, password })
  await writeFile(join(config, 'elasticsearch.keystore'), bytes)
  return bytes
}

test('a first node is five files and a folder, with the modes and owner of stock, and the settings come last', async () => {
  const at = await home()
  await chmod(join(at.config, 'elasticsearch.yml'), 0o640)
  const made = await planFirstNode({ ...input(at), keys })
  const owner = await stat(at.config).then(({ uid, gid }) => ({ uid, gid }))
  expect(made.plan.changes.map((change) => [change.kind, pathOf(change).slice(at.config.length + 1).replaceAll('\\', '/'), 'mode' in change ? change.mode.toString(8) : null, 'secret' in change && change.secret])).toEqual([
    ['create-directory', 'certs', '750', false],
    ['write', 'certs/http_ca.crt', '660', false],
    ['write', 'certs/http.p12', '660', true],
    ['write', 'certs/transport.p12', '660', true],
    ['write', 'elasticsearch.keystore', '660', true],
    ['write', 'elasticsearch.yml', '640', false],
  ])
  const owners = made.plan.changes.map((change) => ('owner' in change ? change.owner : 'none'))
  expect(owners).toEqual(made.plan.changes.map(() => (process.platform === 'win32' ? null : owner)))
  expect(made.plan.changes.every((change) => change.note.length > 10 && !('pending' in change))).toBe(true)
})

test('the plan fits together: stores open with the passwords in the keystore, the hash is of the password, the CA is the one named', async () => {
  const at = await home()
  const made = await planFirstNode({ ...input(at, { facts: { ...someFacts, san: ['es.example.org'], httpHost: '192.0.2.7' } }), keys })
  const { entries, version, hasPassword } = await readKeystore(write(made, 'keystore').content)
  expect([version, hasPassword]).toEqual([5, false])
  expect([...entries.keys()].sort()).toEqual([
    'autoconfiguration.password_hash',
    'keystore.seed',
    'xpack.security.http.ssl.keystore.secure_password',
    'xpack.security.transport.ssl.keystore.secure_password',
    'xpack.security.transport.ssl.truststore.secure_password',
  ])
  const text = (name: string): string => entries.get(name)?.text().reveal() ?? ''
  expect(text('xpack.security.transport.ssl.keystore.secure_password')).toBe(text('xpack.security.transport.ssl.truststore.secure_password'))
  expect(await compare(made.password.reveal(), text('autoconfiguration.password_hash'))).toBe(true)
  const http = await readStore(write(made, 'http.p12').content, new Secret(text('xpack.security.http.ssl.keystore.secure_password')))
  const transport = await readStore(write(made, 'transport.p12').content, new Secret(text('xpack.security.transport.ssl.keystore.secure_password')))
  expect([http, transport].map((store) => store.keys.map(({ alias }) => alias))).toEqual([['http_ca', 'http'], ['transport']])
  const ca = new X509Certificate(write(made, 'http_ca.crt').content)
  expect(made.caFingerprint).toBe(createHash('sha256').update(ca.raw).digest('hex'))
  expect([made.caPem, made.caPath]).toEqual([Buffer.from(write(made, 'http_ca.crt').content).toString(), join(at.config, 'certs', 'http_ca.crt')])
  const leaf = new X509Certificate(http.certificates[1]?.certificate ?? '')
  for (const name of ['localhost', 'my-host', 'es.example.org']) expect(leaf.checkHost(name)).toBe(name)
  for (const address of ['127.0.0.1', '192.0.2.7']) expect(leaf.checkIP(address)).toBe(address)
})

test('planning touches nothing', async () => {
  const at = await home('node.name: x\n')
  await mkdir(join(at.config, 'certs'))
  await withKeystore(at.config, { a: 'b' })
  const before = await readdir(at.config, { recursive: true })
  const stamps = await Promise.all(before.map(async (name) => (await stat(join(at.config, name))).mtimeMs))
  await planFirstNode({ ...input(at, { facts: { ...someFacts, nodeName: 'x', heap: '1g' } }), keys })
  expect(await readdir(at.config, { recursive: true })).toEqual(before)
  expect(await Promise.all(before.map(async (name) => (await stat(join(at.config, name))).mtimeMs))).toEqual(stamps)
})

test('the outline shows all but what needs the keys, and completing it keeps to what was read', async () => {
  const at = await home('a.b: 1\n')
  const outline = await outlineFirstNode(input(at))
  expect(outline.plan.changes.filter((change) => 'pending' in change).map((change) => pathOf(change).split(/[\\/]/).at(-1))).toEqual(['http_ca.crt', 'http.p12', 'transport.p12', 'elasticsearch.keystore'])
  await writeFile(join(at.config, 'elasticsearch.yml'), 'a.b: 2\n')
  const made = await outline.complete(keys)
  expect(made.plan.changes.map(pathOf)).toEqual(outline.plan.changes.map(pathOf))
  expect(write(made, 'elasticsearch.yml').replaces).toBe(createHash('sha256').update('a.b: 1\n').digest('hex'))
})

test('certs that are there, a folder or a file, are kept under another name', async () => {
  for (const make of [mkdir, (path: string) => writeFile(path, '')]) {
    const at = await home()
    await make(join(at.config, 'certs'))
    const { plan } = await outlineFirstNode(input(at))
    expect(plan.changes[0]).toMatchObject({ kind: 'rename', from: join(at.config, 'certs'), to: join(at.config, 'certs.1795475707.orig') })
  }
})

test('entries of a keystore are kept, its password too, and it is brought to the version the installation writes', async () => {
  const at = await home()
  const password = new Secret('pässword')
  const bytes = await withKeystore(at.config, { 'keystore.seed': 'seed', 'my.entry': 'mine' }, password)
  expect(await codeOf(() => outlineFirstNode(input(at)))).toBe('keystore_locked')
  expect(await codeOf(() => outlineFirstNode(input(at, { keystorePassword: new Secret('no') })))).toBe('keystore_wrong_password')
  const made = await planFirstNode({ ...input(at, { keystorePassword: password }), keys })
  const change = write(made, 'keystore')
  expect(change.replaces).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(await codeOf(() => readKeystore(change.content))).toBe('keystore_locked')
  const { entries, version } = await readKeystore(change.content, { password })
  expect([version, entries.get('my.entry')?.text().reveal(), entries.get('keystore.seed')?.text().reveal()]).toEqual([5, 'mine', 'seed'])
})

test('a bootstrap.password is the password, and no hash is added', async () => {
  const at = await home()
  await withKeystore(at.config, { 'bootstrap.password': 'from before' })
  const made = await planFirstNode({ ...input(at), keys })
  expect([made.password.reveal(), made.passwordSource]).toEqual(['from before', 'bootstrap.password'])
  const { entries } = await readKeystore(write(made, 'keystore').content)
  expect([entries.has('autoconfiguration.password_hash'), entries.has('keystore.seed')]).toEqual([false, true])
  expect(write(made, 'keystore').note).toContain('bootstrap.password')
  expect(await codeOf(() => outlineFirstNode(input(at, { elasticPassword: new Secret('my own one') })))).toBe('bootstrap_password_there')
})

test('a password of one’s own is taken as it is', async () => {
  const made = await planFirstNode({ ...input(await home(), { elasticPassword: new Secret('my own one') }), keys })
  expect([made.password.reveal(), made.passwordSource]).toEqual(['my own one', 'chosen'])
  expect(await codeOf(async () => outlineFirstNode(input(await home(), { elasticPassword: new Secret('short') })))).toBe('bad_password')
})

test('a keystore that is torn, or holds TLS passwords already, is refused', async () => {
  const at = await home()
  const bytes = await withKeystore(at.config, { 'xpack.security.http.ssl.keystore.secure_password': 'x' })
  expect(await codeOf(() => outlineFirstNode(input(at)))).toBe('keystore_has_tls')
  await writeFile(join(at.config, 'elasticsearch.keystore'), bytes.subarray(0, 100))
  expect(await codeOf(() => outlineFirstNode(input(at)))).toBe('keystore_torn')
  await writeFile(join(at.config, 'elasticsearch.keystore'), await writeKeystore({ version: 7, entries: new Map() }))
  expect(await codeOf(() => outlineFirstNode(input(at)))).toBe('keystore_unknown_version')
})

test('a heap becomes a file of its own, unless another has the last word', async () => {
  const at = await home()
  const chosen = input(at, { facts: { ...someFacts, heap: '512m' }, answers: { heap: '512m' } })
  const { plan } = await outlineFirstNode(chosen)
  expect(plan.changes.filter((change) => pathOf(change).includes('jvm.options.d')).map(({ kind }) => kind)).toEqual(['create-directory', 'write'])
  expect(Buffer.from(write({ plan }, 'firstnode.options').content).toString()).toMatch(/^#[^\n]*\n-Xms512m\n-Xmx512m\n$/)
  await mkdir(join(at.config, 'jvm.options.d'))
  await writeFile(join(at.config, 'jvm.options.d', 'a.options'), '-Xmx1g\n')
  await writeFile(join(at.config, 'jvm.options.d', 'z.options'), '# -Xmx2g\n')
  expect((await outlineFirstNode(chosen)).plan.changes.filter((change) => pathOf(change).includes('jvm.options.d'))).toHaveLength(1)
  await writeFile(join(at.config, 'jvm.options.d', 'z.options'), '17-:-Xmx2g\n')
  expect(await codeOf(() => outlineFirstNode(chosen))).toBe('heap_elsewhere')
  const { plan: byDefault } = await outlineFirstNode({ ...chosen, answers: {} })
  expect(byDefault.changes.some((change) => pathOf(change).includes('jvm.options.d'))).toBe(false)
})

test('a port that moved on is written, one that was not chosen is left alone', async () => {
  const at = await home()
  const yml = async (more: Partial<FirstNodeInput>): Promise<string> => Buffer.from(write(await outlineFirstNode(input(at, more)), 'elasticsearch.yml').content).toString()
  expect(await yml({})).not.toContain('.port:')
  expect(await yml({ facts: { ...someFacts, httpPort: 9201 } })).toMatch(/^http.port: 9201$/m)
  expect(await yml({ answers: { transportPort: 9300 } })).toMatch(/^transport.port: 9300$/m)
})

test('node names that cannot be are refused, also where no person chose them', async () => {
  const at = await home()
  for (const nodeName of ['x'.repeat(300), 'a\u0007b']) {
    expect(await codeOf(() => outlineFirstNode(input(at, { facts: { ...someFacts, nodeName } })))).toBe('bad_node_name')
    expect(await codeOf(() => outlineFirstNode(input(at, { answers: { nodeName } })))).toBe('bad_node_name')
  }
})

test('settings that are not there or no text are told', async () => {
  const at = await home()
  await writeFile(join(at.config, 'elasticsearch.yml'), Buffer.from([0x61, 0xff]))
  expect(await codeOf(() => outlineFirstNode(input(at)))).toBe('settings_no_yaml')
  const { installation } = await home()
  expect(await codeOf(() => outlineFirstNode(input(at, { installation: { ...installation, config: join(installation.config, 'none') } })))).toBe('settings_missing')
})

test('neither the password nor those of the stores stand in the plan in clear', async () => {
  const at = await home()
  const made = await planFirstNode({ ...input(at), keys })
  const { entries } = await readKeystore(write(made, 'keystore').content)
  const secrets = [made.password.reveal(), ...[...entries.values()].map((one) => one.text().reveal())]
  const printed = inspect(made, { depth: 9, maxStringLength: null })
  for (const secret of secrets) {
    expect(printed).not.toContain(secret)
    expect(made.plan.changes.some((change) => change.kind === 'write' && Buffer.from(change.content).includes(secret))).toBe(false)
  }
  expect(await readFile(join(at.config, 'elasticsearch.yml'), 'utf8')).toBe('# mine\n')
})
