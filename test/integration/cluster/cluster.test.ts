import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { inRoot } from '../../../build/root.mjs'
import { renewalWork } from '../../../engine/certificates/carry-out-renewal.ts'
import { certificatesOf } from '../../../engine/certificates/look.ts'
import { draftRenewal } from '../../../engine/certificates/renewal.ts'
import { servedCertificate, untilServed } from '../../../engine/certificates/served-certificate.ts'
import { renewalUndoWork } from '../../../engine/certificates/undo-renewal.ts'
import { createApiKey, type WantedApiKey } from '../../../engine/cluster/api-key.ts'
import { connect, type Cluster } from '../../../engine/cluster/client.ts'
import { resetByFileRealm } from '../../../engine/cluster/file-realm.ts'
import { readHealth } from '../../../engine/cluster/health.ts'
import { changePassword } from '../../../engine/cluster/password.ts'
import { putBackLeft } from '../../../engine/plan/left-plan.ts'
import { makeTemporaryUser, temporaryUserPlan } from '../../../engine/cluster/temporary-user.ts'
import { createEnrollmentToken } from '../../../engine/cluster/token.ts'
import { callOnce } from '../../../engine/cluster/try-it.ts'
import { viewCluster } from '../../../engine/cluster/view.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { runningKeys } from '../../../engine/security/testing/small-keys.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { clientSnippetsOf } from '../../../engine/setup/client-snippets.ts'
import { apiKeyFor } from '../../../engine/setup/make-api-key.ts'
import type { ApiKeyAccess } from '../../../shared/contract/clients.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Problem } from '../../../shared/problems/problem.ts'
import { Secret } from '../../../shared/secret.ts'
import { clientFolder } from '../../support/client-folder.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { securedHome, type SecuredHome } from '../node/node-home.ts'

const unwatched = { signal: new AbortController().signal, onProgress: () => undefined }
const smallerKey = async () => (await runningKeys()).http

describe.each(firstOf('9.4.3', '8.16.6'))('a cluster of Elasticsearch %s', (version) => {
  let home: SecuredHome
  let installation: Installation
  let started: StartedNode
  let cluster: Cluster

  beforeAll(async () => {
    home = await securedHome(version)
    installation = await home.inspect()
    started = await startNode({ installation, heap: '512m' })
    const { url, caPem, password } = home
    await waitUntilAnswering({ url, caPem, password, died: () => started.died() })
    cluster = await connect({ url, caPem, auth: { user: 'elastic', password } })
  })

  afterAll(async () => {
    try {
      await cluster.close()
      if (await findNode(installation)) await stopNode({ installation })
      await started.letGo()
    } finally {
      await home.remove()
    }
  })

  const asKey = async (token: Secret): Promise<Cluster> => {
    const { key } = decodeEnrollmentToken(token.reveal())
    return connect({ url: home.url, caPem: home.caPem, auth: { apiKey: new Secret(Buffer.from(key).toString('base64')) } })
  }
  const make = (scope: 'node' | 'kibana'): ReturnType<typeof createEnrollmentToken> =>
    createEnrollmentToken({ cluster, scope, caFingerprint: home.caFingerprint, now: Date.now() })

  test('tells who it is, how it is, and its nodes with the elected one marked', async () => {
    const health = await readHealth(cluster)
    expect(health).toMatchObject({ nodeName: 'n1', version, nodes: 1, status: expect.stringMatching(/green|yellow/) })
    expect(health.clusterUuid).toMatch(/^[\w-]{22}$/)
    expect(await viewCluster(cluster)).toMatchObject({ name: health.clusterName, uuid: health.clusterUuid, nodes: [{ name: 'n1', version, elected: true }] })
  })

  test('accepts a Kibana token at the enrollment API, and it can do nothing else', async () => {
    const { token, createdAt, expiresAt } = await make('kibana')
    expect(Math.round((expiresAt - createdAt) / 60_000)).toBe(30)
    const kibana = await asKey(token)
    expect(await kibana.request({ method: 'GET', path: '/_security/enroll/kibana' })).toMatchObject({
      token: { name: expect.any(String), value: expect.any(String) },
      http_ca: expect.any(String),
    })
    await expect(kibana.request({ method: 'GET', path: '/_security/enroll/node' })).rejects.toMatchObject({ code: 'forbidden' })
    await kibana.close()
  })

  test('accepts a node token, which names the CA and gives the keys of a second node', async () => {
    const { token } = await make('node')
    expect(decodeEnrollmentToken(token.reveal())).toMatchObject({ ver: '8.14.0', fgr: home.caFingerprint })
    const node = await asKey(token)
    const answer = await node.request({ method: 'GET', path: '/_security/enroll/node' })
    expect(Object.keys(answer as object).sort()).toEqual(['http_ca_cert', 'http_ca_key', 'nodes_addresses', 'transport_ca_cert', 'transport_cert', 'transport_key'])
    await node.close()
  })

  test('says in a token what stock says in its own, which works on our home', async () => {
    const stock = decodeEnrollmentToken((await home.tool('elasticsearch-create-enrollment-token', ['-s', 'kibana'])).trim())
    const { key: ours, ...rest } = decodeEnrollmentToken((await make('kibana')).token.reveal())
    const { key: stocks, ...same } = stock
    expect(rest).toEqual(same)
    expect(ours).not.toBe(stocks)
  })

  test('shows in its own records that the key of a token expires after 30 minutes', async () => {
    const { token, createdAt } = await make('kibana')
    const [id] = decodeEnrollmentToken(token.reveal()).key.split(':')
    // Made without a refresh, so that it is listed a moment later than it works.
    const listed = async (): Promise<{ name: string; expiration: number }[]> => {
      const answer = await cluster.request({ method: 'GET', path: '/_security/api_key', query: { id: id ?? '' } }).catch(() => ({ api_keys: [] }))
      return (answer as { api_keys: { name: string; expiration: number }[] }).api_keys
    }
    await expect.poll(listed, { timeout: 60_000 }).toHaveLength(1)
    const api_keys = await listed()
    expect(api_keys[0]?.name).toMatch(/^enrollment_token_API_key_/)
    expect(Math.abs((api_keys[0]?.expiration ?? 0) - createdAt - 30 * 60 * 1000)).toBeLessThan(30_000)
  })

  test('answers the curl line with 200, a wrong password with 401', async () => {
    const { url, caPem, caPath, password } = home
    const right = await callOnce({ url, caPem, caPath, user: 'elastic', password })
    expect(right).toMatchObject({ status: 200, body: expect.stringContaining(version) })
    expect(right.call).not.toContain(password.reveal())
    expect((await callOnce({ url, caPem, caPath, user: 'elastic', password: new Secret('wrong') })).status).toBe(401)
  })

  test('is told apart from what is not it: a wrong password, another CA, transport, nobody there', async () => {
    const { url, caPem, transportPort, password } = home
    const ask = async (to: { url?: string; caPem?: string; password?: Secret }): Promise<unknown> => {
      const asked = await connect({ url: to.url ?? url, caPem: to.caPem ?? caPem, auth: { user: 'elastic', password: to.password ?? password } })
      return asked.request({ method: 'GET', path: '/' }).finally(() => void asked.close())
    }
    const transportCa = await transportCaOf(cluster, make)
    await expect(ask({ password: new Secret('wrong') })).rejects.toMatchObject({ code: 'wrong_password' })
    await expect(ask({ caPem: transportCa })).rejects.toMatchObject({ code: 'certificate_mismatch' })
    await expect(ask({ url: `https://localhost:${transportPort}` })).rejects.toMatchObject({ code: 'certificate_mismatch' })
    await expect(ask({ url: 'https://localhost:1' })).rejects.toMatchObject({ code: 'unreachable' })
    await expect(ask({ url: url.replace('https', 'http') })).rejects.toMatchObject({ code: 'tls_off' })
  })

  test('is asked directly, whatever proxy the environment names', async () => {
    const before = { ...process.env }
    Object.assign(process.env, { HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' })
    try {
      const { url, caPem, password } = home
      const asked = await connect({ url, caPem, auth: { user: 'elastic', password } })
      expect((await readHealth(asked)).nodeName).toBe('n1')
      await asked.close()
    } finally {
      process.env = before
    }
  })

  test.each(['curl', 'javascript'] as const)('is reached by %s as its snippet is printed, and not with the CA of somebody else', async (name) => {
    const { clients } = await clientSnippetsOf({ home: home.home }, { url: undefined, keystorePassword: undefined })
    const snippet = clients[name]
    // The client of this checkout stands for a fetched one: nothing is fetched in npm test.
    const install = name === 'javascript' ? `ln -s '${inRoot('node_modules')}' node_modules` : snippet.install
    const folder = await clientFolder({ ...snippet, install })
    try {
      await folder.install()
      const ELASTIC_PASSWORD = home.password.reveal()
      for (const { code } of [snippet, ...(snippet.other === null ? [] : [snippet.other])]) {
        expect(await folder.run(code, { ELASTIC_PASSWORD })).toMatchObject({ code: 0, out: expect.stringContaining(version) })
      }
      await writeFile(join(installation.config, 'other_ca.crt'), await transportCaOf(cluster, make))
      const refused = await folder.run(snippet.code.replaceAll('certs/http_ca.crt', 'other_ca.crt'), { ELASTIC_PASSWORD })
      expect(refused.code).not.toBe(0)
      expect(refused.out).not.toContain(version)
    } finally {
      await folder.remove()
      await rm(join(installation.config, 'other_ca.crt'), { force: true })
    }
  })

  test('makes an API key that may do what was asked for, and nothing else', async () => {
    const made = async (access: ApiKeyAccess, lifetime: string | null = '1h'): Promise<Cluster> => {
      const { apiKey } = await createApiKey({ cluster, wanted: { name: `for ${access.kind}`, lifetime, access }, now: Date.now() })
      return connect({ url: home.url, caPem: home.caPem, auth: { apiKey } })
    }
    const write = (as: Cluster, index: string): Promise<unknown> => as.request({ method: 'POST', path: `/${index}/_doc`, query: { refresh: 'true' }, body: { n: 1 } })
    const [reader, writer, all] = await Promise.all([made({ kind: 'read' }), made({ kind: 'write', prefix: 'logs-x' }), made({ kind: 'all' }, null)])
    await write(writer, 'logs-x1')
    await expect(write(writer, 'other')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(write(reader, 'logs-x1')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await reader.request({ method: 'GET', path: '/logs-x1/_count' })).toMatchObject({ count: 1 })
    for (const key of [reader, writer]) await expect(key.request({ method: 'GET', path: '/_security/user' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await all.request({ method: 'GET', path: '/_security/user' })).toHaveProperty('elastic')
    await all.request({ method: 'DELETE', path: '/logs-x1' })
    await Promise.all([reader, writer, all].map((key) => key.close()))
  })

  test('keeps the lifetime of an API key, and makes none with a name or a prefix that cannot be', async () => {
    const ask = (wanted: Partial<WantedApiKey>): ReturnType<typeof createApiKey> => createApiKey({ cluster, wanted: { name: 'a name', lifetime: '2d', access: { kind: 'read' }, ...wanted }, now: Date.now() })
    const { id, createdAt, expiresAt } = await ask({})
    expect(Math.round(((expiresAt ?? 0) - createdAt) / 3_600_000)).toBe(48)
    const listed = async (): Promise<unknown> => cluster.request({ method: 'GET', path: '/_security/api_key', query: { id } }).catch(() => ({ api_keys: [] }))
    await expect.poll(listed, { timeout: 60_000 }).toMatchObject({ api_keys: [{ name: 'a name', metadata: { made_by: 'firstnode' } }] })
    for (const name of ['', ' a', '_a', 'a'.repeat(257)]) await expect(ask({ name })).rejects.toMatchObject({ code: 'api_key_name' })
    for (const prefix of ['', '*', 'Logs', '-x', '.kibana', 'a,b']) await expect(ask({ access: { kind: 'write', prefix } })).rejects.toMatchObject({ code: 'api_key_prefix' })
    await expect(ask({ lifetime: 'soon' })).rejects.toMatchObject({ code: 'api_key_lifetime' })
  })

  test('makes an API key though nobody knows a password, which outlives the temporary user', async () => {
    const before = await configTree()
    const noLiveSetups = { live: () => { throw new Error('no set-up was named') } }
    const wanted = { name: 'by the file realm', lifetime: '1h', access: { kind: 'read' as const } }
    const made = await apiKeyFor(noLiveSetups, { target: { home: home.home } }, wanted, { keystorePassword: undefined, signal: undefined })
    expect(await configTree()).toEqual(before)
    const key = await connect({ url: home.url, caPem: home.caPem, auth: { apiKey: new Secret(made.apiKey) } })
    expect(await key.request({ method: 'GET', path: '/' })).toMatchObject({ version: { number: version } })
    await key.close()
  })

  const settingsOf = (persistent: Readonly<Record<string, unknown>>): Promise<unknown> =>
    cluster.request({ method: 'PUT', path: '/_cluster/settings', body: { persistent } })
  /** Everything that is written to the security index, by whom. */
  const changes = {
    'a token for Kibana': () => make('kibana'),
    'a token for a node': () => make('node'),
    'an API key': () => createApiKey({ cluster, wanted: { name: 'a name', lifetime: '1h', access: { kind: 'read' } }, now: Date.now() }),
    'a password': () => changePassword(cluster, 'kibana_system', new Secret('for kibana only')),
    'a password by the file realm': () =>
      resetByFileRealm({ installation, url: home.url, tls: home, username: 'beats_system', password: new Secret('for beats only') }),
  }
  const whyNot = async (change: () => Promise<unknown>): Promise<string> =>
    change().then(() => 'done', (thrown: unknown) => (thrown instanceof Problem ? `${thrown.code} ${thrown.message}` : String(thrown)))

  for (const setting of ['cluster.blocks.read_only', 'cluster.blocks.read_only_allow_delete']) {
    lengthy(`names ${setting} at whatever it cannot write, which changes nothing`, async () => {
      const before = await configTree()
      await settingsOf({ [setting]: true })
      try {
        for (const [what, change] of Object.entries(changes)) {
          expect([what, await whyNot(change)]).toEqual([what, expect.stringContaining(`${setting} is set`)])
        }
      } finally {
        await settingsOf({ [setting]: null })
      }
      expect(await configTree()).toEqual(before)
      expect(await whyNot(() => make('kibana'))).toBe('done')
    })
  }

  lengthy('says that the disk is full to its flood stage where it is, until there is room again', async () => {
    const watermarks = Object.fromEntries(['low', 'high', 'flood_stage'].map((name) => [`cluster.routing.allocation.disk.watermark.${name}`, '900000gb']))
    await settingsOf({ 'cluster.info.update.interval': '10s', ...watermarks })
    try {
      const { 'a password': setPassword, ...others } = changes
      await expect.poll(() => whyNot(setPassword), { timeout: 120_000, interval: 1000 }).toContain('index.blocks.read_only_allow_delete is set')
      for (const [what, change] of Object.entries(others)) {
        expect([what, await whyNot(change)]).toEqual([what, expect.stringMatching(/^writes_blocked .*index\.blocks\.read_only_allow_delete is set/)])
      }
    } finally {
      await settingsOf(Object.fromEntries(['cluster.info.update.interval', ...Object.keys(watermarks)].map((name) => [name, null])))
    }
    await expect.poll(() => whyNot(() => make('kibana')), { timeout: 120_000, interval: 1000 }).toBe('done')
  })

  test('takes a new password, and refuses one that is too short in its own words', async () => {
    await expect(changePassword(cluster, 'elastic', new Secret('short'))).rejects.toMatchObject({ code: 'request_refused', message: expect.stringContaining('6') })
    await changePassword(cluster, 'kibana_system', new Secret('for kibana only'))
    const { url, caPem } = home
    const kibana = await connect({ url, caPem, auth: { user: 'kibana_system', password: new Secret('for kibana only') } })
    expect(await kibana.request({ method: 'GET', path: '/_security/_authenticate' })).toMatchObject({ username: 'kibana_system' })
    await expect(kibana.request({ method: 'GET', path: '/_security/user' })).rejects.toMatchObject({ code: 'forbidden' })
    await kibana.close()
  })

  test('gets a new password though nobody knows the old one, and no trace of the temporary user is left', async () => {
    const before = await configTree()
    const password = new Secret('a new p@sswörd')
    await resetByFileRealm({ installation, url: home.url, tls: home, username: 'elastic', password })
    expect(await configTree()).toEqual(before)
    const { url, caPem, caPath } = home
    expect((await callOnce({ url, caPem, caPath, user: 'elastic', password })).status).toBe(200)
    expect((await callOnce({ url, caPem, caPath, user: 'elastic', password: home.password })).status).toBe(401)
  })

  test('that is cancelled in the middle of that has its files back, and what a killed process left goes first the next time', async () => {
    const before = await configTree()
    const controller = new AbortController()
    const reset = resetByFileRealm({ installation, url: home.url, tls: home, password: new Secret('never to be'), signal: controller.signal })
    await expect.poll(() => readFile(join(installation.config, 'users'), 'utf8'), { timeout: 30_000 }).toContain('firstnode_')
    controller.abort()
    await expect(reset).rejects.toMatchObject({ code: 'cancelled' })
    expect(await configTree()).toEqual(before)
    await applyPlan(await temporaryUserPlan(installation.config, makeTemporaryUser(), null), { config: installation.config, owner: null })
    expect(await putBackLeft(installation.config, 'temporary-user')).toBe(true)
    expect(await configTree()).toEqual(before)
  })

  test('loads a renewed HTTP certificate while it runs, proved by the CA that clients hold and opened by its own Java, and the old one again after an undo', async () => {
    // Where the Java of this home is.
    vi.stubEnv('ES_JAVA_HOME', home.java)
    onTestFinished(() => void vi.unstubAllEnvs())
    const target = { home: home.home }
    const old = await servedCertificate(home.url)
    const renewal = await draftRenewal({ target, san: ['es.example.org'] }, smallerKey)
    const { sentences } = await renewalWork(renewal)(unwatched)
    expect(sentences).toEqual([expect.stringMatching(/^The node serves its new HTTP certificate, valid until /)])
    expect(await certificatesOf(await home.inspect(), null)).toMatchObject({ served: { asOnDisk: true } })
    expect((await callOnce({ url: home.url, caPem: home.caPem, caPath: home.caPath, user: 'nobody', password: home.password })).status).toBe(401)
    await renewalUndoWork(target, installation.config)(unwatched)
    expect(await untilServed(home.url, old ?? Buffer.alloc(0), { forMs: 600_000 })).toBe(true)
  })

  test('is ended by its node being killed, where that does not end when it is asked', async () => {
    process.kill(started.node.pid, 'SIGSTOP')
    expect(await stopNode({ installation, graceMs: 1000 })).toMatchObject({ pid: started.node.pid, insisted: true })
    expect(await findNode(installation)).toBeNull()
    await expect(readHealth(cluster)).rejects.toMatchObject({ code: 'unreachable' })
  })

  /** All of the config directory; that something was done in the folders of Firstnode itself may show in their times. */
  async function configTree(): Promise<string[]> {
    return (await folderTree(installation.config)).map((line) => line.replace(/^(\.firstnode(?:\/before)? .*) @\d+/, '$1'))
  }
})

/** A certificate of the same node that did not sign its HTTP one. */
async function transportCaOf(cluster: Cluster, make: (scope: 'node') => ReturnType<typeof createEnrollmentToken>): Promise<string> {
  const { key } = decodeEnrollmentToken((await make('node')).token.reveal())
  const node = await connect({ url: cluster.url, caPem: cluster.caPem, auth: { apiKey: new Secret(Buffer.from(key).toString('base64')) } })
  const { transport_ca_cert } = (await node.request({ method: 'GET', path: '/_security/enroll/node' })) as { transport_ca_cert: string }
  await node.close()
  return `-----BEGIN CERTIFICATE-----\n${transport_ca_cert.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}
