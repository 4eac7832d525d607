import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { encodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { Secret } from '../../shared/secret.ts'
import { folderTree } from '../../test/support/folder-tree.ts'
import { connectKibana, type ConnectOptions } from './connect-kibana.ts'
import { draftKibana, type KibanaDraft } from './kibana-draft.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'
import { kibanaKeystoreFile } from './testing/kibana-keystore-file.ts'
import { scriptedCluster, type Answer, type ScriptedCluster } from './testing/scripted-cluster.ts'

const enroll = 'GET /_security/enroll/kibana'
const drop = 'DELETE /_security/service/elastic/kibana/credential/token/enroll-process-token-1'
const older: Readonly<Record<string, Answer>> = { 'Bearer GET /': { status: 200, body: { cluster_name: 'elasticsearch', version: { number: '9.3.0' }, tagline: 'You Know, for Search' } } }
const password = new Secret('an elastic password')

interface Drafted {
  readonly home: string
  readonly cluster: ScriptedCluster
  readonly draft: KibanaDraft
}

async function drafted(change: Readonly<Record<string, Answer>> = {}, onAsked?: (question: string) => void): Promise<Drafted> {
  const [home, cluster] = [await kibanaFolder(), await scriptedCluster(change, onAsked)]
  const { draft } = await draftKibana({ home }, new Secret(encodeEnrollmentToken(cluster.token)), { replace: false, signal: new AbortController().signal })
  return { home, cluster, draft }
}

test('the token is made after the disk was looked at once more, and what is written holds it', async () => {
  const { home, cluster, draft } = await drafted()
  expect(cluster.asked).not.toContain(enroll)
  const { enrolled } = await connectKibana(draft)
  expect(enrolled).toMatchObject({ clusterName: 'elasticsearch', clusterVersion: '9.4.3', tokenName: 'enroll-process-token-1' })
  expect(await readFile(join(home, 'config', 'kibana.yml'), 'utf8')).toContain('elasticsearch.serviceAccountToken: AAEAAWVsYXN0aWMva2liYW5h\n')
  expect(cluster.asked.filter((question) => question === enroll)).toHaveLength(1)
})

const credentials = 'GET /_security/service/elastic/kibana/credential'
const dropOf = (name: string): string => `DELETE /_security/service/elastic/kibana/credential/token/${name}`
/** As a cluster makes one: four bytes, account, name and secret. */
const valueOf = (name: string): string =>
  Buffer.from(`\u0000\u0001\u0000\u0001elastic/kibana/${name}:ABCDEFGHIJKLMNOP`).toString('base64')

/** A Kibana that is connected once, and a cluster that makes the tokens `one`, `two`, … */
async function connectedOnce(change: Readonly<Record<string, Answer>> = {}, edit: (text: string) => string = (text) => text) {
  const names = ['one', 'two', 'three', 'four']
  const onAsked = (question: string): void => {
    if (question !== enroll) return
    const name = names.shift() ?? ''
    cluster.answers[enroll] = { status: 200, body: { token: { name, value: valueOf(name) }, http_ca: 'MII' } }
  }
  const [home, cluster] = [await kibanaFolder({ settings: '# K\n' }), await scriptedCluster(change, onAsked)]
  const token = new Secret(encodeEnrollmentToken(cluster.token))
  const connect = async (elastic: ConnectOptions['elastic'] = null) => {
    const { draft } = await draftKibana({ home }, token, { replace: true, signal: new AbortController().signal })
    return connectKibana(draft, { elastic })
  }
  await connect()
  const file = join(home, 'config', 'kibana.yml')
  await writeFile(file, edit(await readFile(file, 'utf8')))
  cluster.asked.length = 0
  return { cluster, connect, elastic: { password, caFingerprint: cluster.caFingerprint } }
}

const holding = (...names: string[]): Record<string, Answer> => ({
  [credentials]: { status: 200, body: { tokens: Object.fromEntries(names.map((name) => [name, {}])) } },
  ...Object.fromEntries(names.map((name) => [dropOf(name), { status: 200, body: { found: true } }])),
})

test('connected again, the token of before is deleted once the new one works, where the password is known', async () => {
  const { cluster, connect, elastic } = await connectedOnce(holding('one', 'theirs'))
  expect((await connect(elastic)).tokensLeft).toEqual([])
  expect(cluster.asked.filter((question) => question.startsWith('DELETE'))).toEqual([dropOf('one')])
  expect(cluster.asked.indexOf(enroll)).toBeLessThan(cluster.asked.indexOf(dropOf('one')))
})

test('without the password they are named, every one that was made here; with it later, all of them go', async () => {
  const { cluster, connect, elastic } = await connectedOnce(holding('one', 'two', 'three'))
  expect((await connect()).tokensLeft).toEqual(['one'])
  expect((await connect()).tokensLeft).toEqual(['one', 'two'])
  expect((await connect({ ...elastic, caFingerprint: null })).tokensLeft).toEqual([])
  expect(cluster.asked.filter((question) => question.startsWith('DELETE'))).toEqual(['one', 'two', 'three'].map(dropOf))
})

test.each([
  ['that cannot be deleted is named', { ...holding('one'), [dropOf('one')]: { status: 403, body: {} } }, ['one']],
  ['whose cluster does not list its tokens is named', { [credentials]: { status: 403, body: {} } }, ['one']],
  ['that its cluster does not list any more is not named', holding('theirs'), []],
])('a token of before %s', async (_, change, left) => {
  const { connect, elastic } = await connectedOnce(change)
  expect((await connect(elastic)).tokensLeft).toEqual(left)
})

test('a token of before that is of another cluster is named', async () => {
  const elsewhere = (text: string): string => text.replace(/ca_\d{13}\.crt/, 'other.crt')
  const { connect, elastic } = await connectedOnce(holding('theirs'), elsewhere)
  expect((await connect(elastic)).tokensLeft).toEqual(['one'])
})

test('a token of somebody else is neither deleted nor named', async () => {
  const theirs = (text: string): string => text.replace(valueOf('one'), valueOf('theirs'))
  const { cluster, connect, elastic } = await connectedOnce(holding('one', 'theirs'), theirs)
  expect((await connect(elastic)).tokensLeft).toEqual([])
  expect(cluster.asked.filter((question) => question.startsWith('DELETE'))).toEqual([])
})

test('what fails loses nothing: the token and the certificate of before stay', async () => {
  const { cluster, connect, elastic } = await connectedOnce({ ...holding('one', 'two') })
  cluster.answers['Bearer GET /'] = older['Bearer GET /'] ?? { status: 500, body: {} }
  await expect(connect(elastic)).rejects.toMatchObject({ code: 'kibana_version_apart' })
  expect(cluster.asked.filter((question) => question.startsWith('DELETE'))).toEqual([dropOf('two')])
})

test('settings that changed since they were shown are told before the cluster makes anything', async () => {
  const { home, cluster, draft } = await drafted()
  await appendFile(join(home, 'config', 'kibana.yml'), 'server.name: mine\n')
  await expect(connectKibana(draft)).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect(cluster.asked).not.toContain(enroll)
})

test('where the cluster will not make a token, that is told as it is, and nothing is written', async () => {
  const { home, draft } = await drafted({ [enroll]: { status: 401, body: {} } })
  const before = await folderTree(home)
  await expect(connectKibana(draft)).rejects.toMatchObject({ code: 'token_refused' })
  expect(await folderTree(home)).toEqual(before)
})

test('what fails once it is made names the token that is left; trying again makes no second one', async () => {
  const { home, cluster, draft } = await drafted(older)
  const before = await folderTree(home)
  const left = { code: 'kibana_token_left', message: expect.stringContaining('enroll-process-token-1'), remedy: expect.stringContaining(drop) }
  await expect(connectKibana(draft)).rejects.toMatchObject(left)
  await expect(connectKibana(draft)).rejects.toMatchObject(left)
  expect(cluster.asked.filter((question) => question === enroll)).toHaveLength(1)
  expect(cluster.schemes).not.toContain('Basic')
  expect(await folderTree(home)).toEqual(before)
})

test('with the password of the set-up that formed the cluster the token is deleted again, and what failed is told alone', async () => {
  const { cluster, draft } = await drafted({ ...older, [drop]: { status: 200, body: { found: true } } })
  await expect(connectKibana(draft, { elastic: { password, caFingerprint: cluster.caFingerprint } })).rejects.toMatchObject({ code: 'kibana_version_apart' })
  expect(cluster.asked.at(-1)).toBe(drop)
  expect(draft.made).toBeNull()
})

test('cancelled while the cluster makes it, the token is heard of all the same, and deleted again', async () => {
  const controller = new AbortController()
  const cancelling = (question: string): void => (question === enroll ? controller.abort() : undefined)
  const { home, cluster, draft } = await drafted({ [drop]: { status: 200, body: { found: true } } }, cancelling)
  const before = await folderTree(home)
  await expect(connectKibana(draft, { signal: controller.signal, elastic: { password, caFingerprint: cluster.caFingerprint } })).rejects.toMatchObject({ code: 'cancelled' })
  expect(cluster.asked.slice(-2)).toEqual([enroll, drop])
  expect(await folderTree(home)).toEqual(before)
})

test('the password of one cluster is never sent to another', async () => {
  const { cluster, draft } = await drafted({ ...older, [drop]: { status: 200, body: { found: true } } })
  await expect(connectKibana(draft, { elastic: { password, caFingerprint: 'ab'.repeat(32) } })).rejects.toMatchObject({ code: 'kibana_token_left' })
  expect(cluster.schemes).not.toContain('Basic')
  expect(cluster.asked).not.toContain(drop)
})

test('KBN_PATH_CONF and path.data say where it is written; nothing lands in the home', async () => {
  const [home, cluster] = [await kibanaFolder(), await scriptedCluster()]
  const [config, data] = [join(home, 'settings'), join(home, 'state')]
  for (const folder of [config, data]) await mkdir(folder)
  await writeFile(join(config, 'kibana.yml'), `path.data: ${data}\n`)
  vi.stubEnv('KBN_PATH_CONF', config)
  const before = await folderTree(join(home, 'config'))
  const { draft, preview } = await draftKibana({ home }, new Secret(encodeEnrollmentToken(cluster.token)), { replace: false, signal: new AbortController().signal })
  const { plan } = await connectKibana(draft)
  expect(preview.changes.map(({ path }) => path)).toEqual([plan.caPath, join(config, 'kibana.yml')])
  expect(await readdir(data)).toContain(basename(plan.caPath))
  expect(await readFile(plan.caPath, 'utf8')).toBe(cluster.caPem)
  expect(await readFile(join(config, 'kibana.yml'), 'utf8')).toContain(`elasticsearch.ssl.certificateAuthorities: [${plan.caPath}]`)
  expect(await folderTree(join(home, 'config'))).toEqual(before)
  expect(await readdir(join(home, 'data'))).toEqual([])
})

test('what is shown is written but for the token, which is masked until it is made', async () => {
  const [home, cluster] = [await kibanaFolder(), await scriptedCluster()]
  const { draft, preview } = await draftKibana({ home }, new Secret(encodeEnrollmentToken(cluster.token)), { replace: false, signal: new AbortController().signal })
  const shown = preview.changes.at(-1)?.diff?.flatMap(({ kind, text }) => (kind === 'added' ? [text] : [])) ?? []
  await connectKibana(draft)
  const written = await readFile(join(home, 'config', 'kibana.yml'), 'utf8')
  expect(shown).toContain('elasticsearch.serviceAccountToken: ••••')
  expect(written.replace('AAEAAWVsYXN0aWMva2liYW5h', '••••')).toContain(shown.filter((line) => line !== '').join('\n'))
  expect(JSON.stringify(preview)).not.toContain('AAEAA')
})

test('a keystore with a password is told in the preview, since what stands in it would win', async () => {
  const [home, cluster] = [await kibanaFolder(), await scriptedCluster()]
  await writeFile(join(home, 'config', 'kibana.keystore'), kibanaKeystoreFile({}, 'a password'))
  const { preview } = await draftKibana({ home }, new Secret(encodeEnrollmentToken(cluster.token)), { replace: false, signal: new AbortController().signal })
  expect(preview.sentences.at(-1)).toBe(`${join(home, 'config', 'kibana.keystore')} could not be looked into: it has a password. Hosts and credentials in it would win over what is written here.`)
})

test('a keystore that holds credentials is refused though the person said to connect it anew, before the cluster is asked', async () => {
  const [home, cluster] = [await kibanaFolder(), await scriptedCluster()]
  await writeFile(join(home, 'config', 'kibana.keystore'), kibanaKeystoreFile({ 'elasticsearch.serviceAccountToken': 'AAEAA' }))
  const anew = draftKibana({ home }, new Secret(encodeEnrollmentToken(cluster.token)), { replace: true, signal: new AbortController().signal })
  await expect(anew).rejects.toMatchObject({ code: 'kibana_keystore_connected' })
  expect(cluster.asked).toEqual([])
})
