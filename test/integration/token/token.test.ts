import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../engine/cluster/client.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { openWithToken } from '../../../engine/enroll/token-connection.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { toPem } from '../../../engine/security/certificates.ts'
import { readCalledNode, readStorePasswords } from '../../../engine/security/http-ca.ts'
import { readStore } from '../../../engine/security/pkcs12-read.ts'
import { makeToken, type WantedToken } from '../../../engine/setup/make-token.ts'
import { apiKeyFor } from '../../../engine/setup/make-api-key.ts'
import { newPassword } from '../../../engine/setup/new-password.ts'
import { nodeStatus } from '../../../engine/setup/node-of.ts'
import type { SetupDesk } from '../../../engine/setup/setup-desk.ts'
import { tryIt } from '../../../engine/setup/asking.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { EnrollmentTokenView } from '../../../shared/contract/setup.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstnode, json } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { long } from '../../support/long.ts'
import { giveTo, securedHome, type SecuredHome } from '../node/node-home.ts'
import { runStock, tool } from '../security/stock-tools.ts'

const stockTool = 'elasticsearch-create-enrollment-token'

describe.each(firstOf('9.4.3', '8.16.6'))('a token of a node of Elasticsearch %s', (version) => {
  let home: SecuredHome
  let installation: Installation
  let started: StartedNode

  beforeAll(async () => {
    home = await securedHome(version)
    installation = await home.inspect()
    await start()
  })

  afterAll(async () => {
    try {
      await stop()
    } finally {
      await home.remove()
    }
  })

  const start = async (): Promise<void> => {
    started = await startNode({ installation, heap: '512m' })
    const { url, password } = home
    const { tls } = await readCalledNode({ installation })
    await waitUntilAnswering({ url, ...tls, password, died: () => started.died() })
  }
  const stop = async (): Promise<void> => {
    if (await findNode(installation)) await stopNode({ installation })
    await started.letGo()
  }
  /** Starts the node anew with its settings changed. */
  const restartChanged = async (change: (text: string) => string): Promise<void> => {
    await stop()
    const yml = join(installation.config, 'elasticsearch.yml')
    await writeFile(yml, change(await readFile(yml, 'utf8')))
    await start()
  }
  /** With another way to its HTTP certificate in place of `keystore.path`. */
  const restartWith = (line: string): Promise<void> =>
    restartChanged((text) => text.replace(/^ +keystore\.path: (?:certs\/http\.p12|"certs\/another name")$(?:\n +client_auth.*$)?/m, line))
  /** A file beside the node's certificates, which the node can read. */
  const place = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(installation.config, 'certs', name)
    await writeFile(path, content)
    await giveTo(path, home.account)
    return path
  }
  const make = (wanted: WantedToken): Promise<EnrollmentTokenView> => makeToken(installation, wanted, undefined)
  const accepted = async ({ token, scope }: EnrollmentTokenView): Promise<unknown> => {
    const { key } = decodeEnrollmentToken(token)
    const cluster = await connect({ url: home.url, caPem: home.caPem, auth: { apiKey: new Secret(Buffer.from(key).toString('base64')) } })
    return cluster.request({ method: 'GET', path: `/_security/enroll/${scope}` }).finally(() => void cluster.close())
  }
  /** All of the config directory; that something was done in the folder of Firstnode itself may show in its time. */
  const configTree = async (): Promise<string[]> => (await folderTree(installation.config)).map((line) => line.replace(/^(\.firstnode(?:\/before)? .*) @\d+/, '$1'))
  /** The same node, by settings of their own in a config directory that it does not use. */
  const withOtherSettings = async (change: (yml: string) => string, use: (installation: Installation) => Promise<void>): Promise<void> => {
    const copy = await freshHome(version)
    const config = join(copy.home, 'config')
    try {
      await cp(installation.config, config, { recursive: true, force: true })
      const yml = join(config, 'elasticsearch.yml')
      await writeFile(yml, change(await readFile(yml, 'utf8')))
      await use({ ...installation, home: copy.home, config })
    } finally {
      await copy.remove()
    }
  }

  test('is made without any password, works, and leaves the file realm byte for byte as it was', async () => {
    const before = await configTree()
    const kibana = await make({ scope: 'kibana' })
    expect(kibana.warning).toBeUndefined()
    expect(await accepted(kibana)).toMatchObject({ token: { value: expect.any(String) } })
    expect(await configTree()).toEqual(before)
  })

  test('for a node is made with the password alone, nothing is written, and it says that only this machine can join', async () => {
    const before = await folderTree(installation.config)
    const node = await make({ scope: 'node', password: home.password })
    expect(node.warning).toContain('only nodes on this machine')
    expect(await accepted(node)).toMatchObject({ nodes_addresses: [expect.stringContaining('127.0.0.1')] })
    expect(await folderTree(installation.config)).toEqual(before)
  })

  test('says what that of the tool of Elasticsearch says, and both end with 0', async () => {
    const { code, stdout } = await runStock(home, stockTool, { args: ['-s', 'node'] })
    expect(code).toBe(0)
    const { key: stocks, ...stock } = decodeEnrollmentToken(stdout.trim().split('\n').at(-1) ?? '')
    const { key: ours, ...said } = decodeEnrollmentToken((await make({ scope: 'node', password: home.password })).token)
    expect(said).toEqual(stock)
    expect(ours.split(':').map((part) => part.length)).toEqual(stocks.split(':').map((part) => part.length))
  })

  test('is refused where the tool of Elasticsearch refuses, with words instead of its exit code', async () => {
    const refusals: readonly [settings: Record<string, string>, code: string, stock: number][] = [
      [{ 'xpack.security.enrollment.enabled': 'false' }, 'enrollment_off', 78],
      [{ 'xpack.security.authc.realms.file.file1.enabled': 'false', 'xpack.security.authc.realms.file.file1.order': '0' }, 'file_realm_off', 78],
      [{ 'xpack.security.http.ssl.enabled': 'false' }, 'no_client_tls', 69],
    ]
    for (const [settings, code, exit] of refusals) {
      await expect(make({ scope: 'node', settings })).rejects.toMatchObject({ code })
      const args = ['-s', 'node', ...Object.entries(settings).flatMap(([name, value]) => ['-E', `${name}=${value}`])]
      expect([settings, (await runStock(home, stockTool, { args })).code]).toEqual([settings, exit])
    }
    await expect(make({ scope: 'node', settings: { 'xpack.security.enabled': 'false' } })).rejects.toMatchObject({ code: 'security_off' })
    await expect(make({ scope: 'node', settings: { 'discovery.type': 'single-node' } })).rejects.toMatchObject({ code: 'single_node_discovery' })
    await expect(make({ scope: 'kibana', url: home.url.replace('https', 'http') })).rejects.toMatchObject({ code: 'url_not_https' })
    await expect(make({ scope: 'kibana', settings: { 'http.port': '1' } })).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('is refused of a cluster whose health is red, which is named, and made all the same where it is forced', async () => {
    const cluster = await connect({ url: home.url, caPem: home.caPem, auth: { user: 'elastic', password: home.password } })
    try {
      const settings = { 'index.routing.allocation.require._name': 'a node that is not there', 'index.number_of_replicas': 0 }
      await cluster.request({ method: 'PUT', path: '/unplaced', query: { wait_for_active_shards: '0' }, body: { settings } })
      await expect(make({ scope: 'kibana', password: home.password })).rejects.toMatchObject({ code: 'cluster_red', message: expect.stringContaining('red: 1 shard') })
      expect(await accepted(await make({ scope: 'kibana', password: home.password, force: true }))).toHaveProperty('http_ca')
      // One after the other: each of them writes the file realm anew.
      const stock: [options: string[], code: number | null][] = []
      for (const more of long ? [[], ['-f']] : []) stock.push([more, (await runStock(home, stockTool, { args: ['-s', 'kibana', ...more] })).code])
      expect(stock).toEqual(long ? [[[], 69], [['-f'], 0]] : [])
    } finally {
      await cluster.request({ method: 'DELETE', path: '/unplaced' })
      await cluster.close()
    }
  })

  test('needs the authority\'s private key in the HTTP keystore, in whatever file the settings name', async () => {
    const fromPem = (yml: string): string => yml.replace('keystore.path: certs/http.p12', 'certificate: certs/http_ca.crt')
    await withOtherSettings(fromPem, async (other) => {
      await expect(makeToken(other, { scope: 'kibana', url: home.url, password: home.password }, undefined)).rejects.toMatchObject({ code: 'not_auto_configured' })
    })
  })

  test('is made with the address alone where the node is not seen to run here', async () => {
    const asked = { scope: 'kibana', password: home.password } as const
    await withOtherSettings((yml) => yml, async (other) => {
      await expect(makeToken(other, asked, undefined)).rejects.toMatchObject({ code: 'not_running' })
      expect(await accepted(await makeToken(other, { ...asked, url: home.url }, undefined))).toHaveProperty('http_ca')
    })
  })

  test('is made by the command line with what the tool of Elasticsearch takes: -s, --url, -E, ES_PATH_CONF and -h', async () => {
    const copy = await freshHome(version)
    try {
      const line = (args: readonly string[]) =>
        firstnode(['token', '-s', 'kibana', '--home', copy.home, '--url', home.url, ...args], { java: home.java, env: { ES_PATH_CONF: installation.config, ELASTIC_PASSWORD: home.password.reveal() } })
      const made = await line([])
      expect({ code: made.code, err: made.err }).toMatchObject({ code: 0, err: expect.stringContaining('valid for 30 minutes') })
      expect(await accepted({ token: made.out.trim(), scope: 'kibana', createdAt: 0, expiresAt: 0 })).toHaveProperty('http_ca')
      const without = await line(['-E', 'xpack.security.enrollment.enabled=false', '--json'])
      expect(json(without)).toMatchObject({ error: { code: 'enrollment_off' } })
      expect(without.code).not.toBe(0)
      expect(await line(['-h'])).toMatchObject({ code: 0, out: expect.stringContaining('elasticsearch-create-enrollment-token') })
    } finally {
      await copy.remove()
    }
  })

  lengthy('is made of a JKS keystore as well, in a file of any name', async () => {
    const { config } = installation
    const storePassword = (await readStorePasswords({ installation })).http?.reveal() ?? ''
    const jks = await place('another name', '')
    await rm(jks)
    const environment = { STORE: storePassword }
    const stores = ['-srckeystore', join(config, 'certs', 'http.p12'), '-destkeystore', jks, '-deststoretype', 'JKS']
    await tool(join(home.java, 'bin', 'keytool'), ['-importkeystore', '-noprompt', ...stores, '-srcstorepass:env', 'STORE', '-deststorepass:env', 'STORE'], '', environment)
    await giveTo(jks, home.account)
    await rm(join(config, 'certs', 'http_ca.crt'))
    await restartWith('  keystore.path: "certs/another name"')
    const made = await make({ scope: 'node' })
    expect(decodeEnrollmentToken(made.token).fgr).toBe(home.caFingerprint)
    expect(await accepted(made)).toHaveProperty('http_ca_key')
    const { code, stdout } = await runStock(home, stockTool, { args: ['-s', 'node'] })
    expect([code, decodeEnrollmentToken(stdout.trim().split('\n').at(-1) ?? '').fgr]).toEqual([0, home.caFingerprint])
    await restartWith('  keystore.path: certs/http.p12')
  })

  lengthy('names the address behind the host name that the node publishes, as that of the tool of Elasticsearch does', async () => {
    const named = '\nhttp.publish_host: localhost\n'
    await restartChanged((text) => `${text}${named}`)
    const { stdout } = await runStock(home, stockTool, { args: ['-s', 'kibana'] })
    const made = await make({ scope: 'kibana' })
    const { adr } = decodeEnrollmentToken(made.token)
    expect(adr).toEqual(decodeEnrollmentToken(stdout.trim().split('\n').at(-1) ?? '').adr)
    expect(adr).toEqual([expect.stringMatching(/^(?:127\.0\.0\.1|\[::1\]):\d+$/)])
    expect(await accepted(made)).toHaveProperty('http_ca')
    await restartChanged((text) => text.replace(named, ''))
  })

  lengthy('is made by a node that requires certificates of its clients, as stock makes it, and nobody can use it; all else works with the certificate of the node', async () => {
    const { password } = home
    const target = { home: home.home }
    const desk = { live: () => ({ handover: null }) } as unknown as SetupDesk
    const user = { username: 'remote_monitoring_user', password: null }
    await restartWith('  keystore.path: certs/http.p12\n  client_authentication: required')
    expect((await runStock(home, 'elasticsearch-reset-password', { args: ['-u', user.username, '-b', '-s'] })).code).toBe(0)
    expect(await newPassword(installation, user, undefined)).toMatchObject({ how: 'file-realm', proved: true })
    expect(await newPassword(installation, { ...user, elasticPassword: password }, undefined)).toMatchObject({ proved: true })
    expect(await nodeStatus(installation, password)).toMatchObject({ answering: true, master: true, certificateValidUntil: expect.any(Number) })
    const key = { name: 'a client', lifetime: '1h', access: { kind: 'read' } } as const
    expect(await apiKeyFor(desk, { target }, key, { keystorePassword: undefined, signal: undefined })).toMatchObject({ name: 'a client' })
    expect(await tryIt(desk, { target, password })).toMatchObject({ status: 200 })
    await expect(accepted(await make({ scope: 'kibana' }))).rejects.toMatchObject({ code: 'client_certificate_needed' })
    const made = await make({ scope: 'node' })
    expect(made.warning).toContain('client_authentication: optional')
    const { signal } = new AbortController()
    const joining = openWithToken({ token: decodeEnrollmentToken(made.token), signal }).then((connection) => connection.get('/_security/enroll/node'))
    await expect(joining).rejects.toMatchObject({ code: 'token_client_certificate' })
    const other = await freshHome(version)
    try {
      expect((await runStock(other, 'elasticsearch', { args: ['--enrollment-token', made.token] })).code).toBe(69)
    } finally {
      await other.remove()
    }
    await restartWith('  keystore.path: certs/http.p12')
  })

  lengthy('is refused of a node with PEM files, as stock does, though its users get new passwords', async () => {
    const storePassword = (await readStorePasswords({ installation })).http ?? new Secret('')
    const { keys, certificates } = await readStore(await readFile(join(installation.config, 'certs', 'http.p12')), storePassword)
    const key = keys.find(({ alias }) => alias === 'http')
    const leaf = certificates.find(({ keyId }) => keyId === key?.keyId)?.certificate ?? Buffer.alloc(0)
    await place('node.key', key?.key.export({ type: 'pkcs8', format: 'pem' }) ?? '')
    await place('node.crt', toPem(leaf))
    await place('authority.crt', home.caPem)
    const pem = '  certificate: certs/node.crt\n  key: certs/node.key\n  certificate_authorities: [certs/authority.crt]'
    await restartWith(pem)
    await expect(make({ scope: 'kibana' })).rejects.toMatchObject({ code: 'not_auto_configured' })
    expect((await runStock(home, stockTool, { args: ['-s', 'kibana'] })).code).toBe(73)
    expect(await newPassword(installation, { username: 'remote_monitoring_user', password: null }, undefined)).toMatchObject({ how: 'file-realm', proved: true })
  })
})
