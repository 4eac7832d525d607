import { spawn, type ChildProcess } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHttpCa, readStorePasswords } from '../../../engine/security/http-ca.ts'
import { Secret } from '../../../shared/secret.ts'
import { filesHolding } from '../../cli/outside.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { freePorts } from '../../support/free-ports.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { setUp, type SetUp } from './set-up.ts'
import { stock, stockEnvironment, tool } from './stock-tools.ts'

interface Case {
  readonly version: PracticeVersion
  readonly nodeName: string
  readonly clusterName: string
  /** of the elastic user, chosen by the person or in the keystore as `bootstrap.password` */
  readonly password: { readonly from: 'chosen' | 'bootstrap.password'; readonly text: string }
}

const cases: readonly Case[] = [
  { version: '9.4.3', nodeName: `nöde "1", it's $HOME & ☃ 😀 a\\b, O=c+d`, clusterName: 'my "clüster" & $co', password: { from: 'chosen', text: `${'pä☃:"'.repeat(20)} ` } },
  { version: '8.16.6', nodeName: 'x'.repeat(255), clusterName: 'y'.repeat(180), password: { from: 'bootstrap.password', text: 'from the keystore' } },
]

describe.each(firstOf(...cases))('$version', ({ version, nodeName, clusterName, password }) => {
  let home: FreshHome
  let done: SetUp
  let config: string
  let httpPort: number

  beforeAll(async () => {
    home = await freshHome(version, 'a hömé & $co')
    config = join(home.home, 'config')
    const { http, transport } = await freePorts()
    httpPort = http
    const bootstrap = password.from === 'bootstrap.password'
    if (bootstrap) {
      await stock(home, 'elasticsearch-keystore', { args: ['create'] })
      await stock(home, 'elasticsearch-keystore', { args: ['add', '-x', 'bootstrap.password'], input: password.text })
    }
    const chosen = { nodeName, clusterName, httpPort, transportPort: transport, heap: '512m', san: ['es.example.org', '192.0.2.99'] }
    done = await setUp(home, chosen, bootstrap ? {} : { elasticPassword: new Secret(password.text) })
  })
  afterAll(() => home.remove())

  test('the keystore lists and shows by the tool of Elasticsearch', async () => {
    const names = (await stock(home, 'elasticsearch-keystore', { args: ['list'] })).trim().split('\n')
    expect(names).toContain(password.from === 'chosen' ? 'autoconfiguration.password_hash' : 'bootstrap.password')
    expect(names.includes('autoconfiguration.password_hash')).toBe(password.from === 'chosen')
    const shown = await stock(home, 'elasticsearch-keystore', { args: ['show', 'xpack.security.http.ssl.keystore.secure_password'] })
    expect((await readStorePasswords({ installation: done.installation })).http?.reveal()).toBe(shown.trim())
  })

  test('keytool and openssl read both stores, and openssl verifies the chains', async () => {
    const passwords = await readStorePasswords({ installation: done.installation })
    const seen = await Promise.all(
      (['http', 'transport'] as const).map(async (layer) => {
        const store = join(config, 'certs', `${layer}.p12`)
        const word = passwords[layer]?.reveal() ?? ''
        const listed = await tool(join(home.java, 'bin', 'keytool'), ['-J-Duser.language=en', '-list', '-keystore', store, '-storepass:env', 'STORE_PASSWORD'], '', { STORE_PASSWORD: word })
        const pem = await tool('openssl', ['pkcs12', '-in', store, '-passin', 'stdin', '-nokeys'], `${word}\n`)
        return { layer, entries: [...listed.matchAll(/^(\w+), .*(PrivateKeyEntry|trustedCertEntry)/gm)].map((match) => `${match[1]} ${match[2]}`).sort(), pem }
      }),
    )
    expect(seen.map(({ entries }) => entries)).toEqual([
      ['http PrivateKeyEntry', 'http_ca PrivateKeyEntry'],
      ['transport PrivateKeyEntry', 'transport_ca trustedCertEntry'],
    ])
    for (const { layer, pem } of seen) {
      const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
      const ca = certificates.find((one) => new X509Certificate(one).ca) ?? ''
      const leaf = certificates.find((one) => !new X509Certificate(one).ca) ?? ''
      const file = join(home.home, 'ca-of-test.crt')
      await writeFile(file, ca)
      // strictly where clients look; the transport certificates say nothing of their use, as those of stock
      expect(await tool('openssl', ['verify', ...(layer === 'http' ? ['-x509_strict'] : []), '-CAfile', file], leaf)).toContain('OK')
    }
  })

  test('the fingerprint is the one openssl tells', async () => {
    const told = await tool('openssl', ['x509', '-in', done.made.caPath, '-noout', '-fingerprint', '-sha256'])
    expect(told.trim().split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(done.made.caFingerprint)
    expect(await readHttpCa({ installation: done.installation })).toMatchObject({ fingerprint: done.made.caFingerprint, pem: done.made.caPem, path: done.made.caPath })
  })

  lengthy('it starts under its name, answers 200 to the password and 401 to a wrong one, and nothing keeps the password in clear', async () => {
    const node = start(home)
    try {
      const answer = await untilAnswered(node, () => ask(httpPort, done.made.caPath, done.made.password.reveal()))
      expect(JSON.parse(answer.body)).toMatchObject({ name: nodeName, cluster_name: clusterName })
      expect((await ask(httpPort, done.made.caPath, 'not the password')).status).toBe('401')
      expect(done.made.password.reveal()).toBe(password.text)
      expect(await filesHolding(home.home, password.text)).toEqual([])
    } finally {
      await stop(node)
    }
  }, startTimeout)
})

/** A start takes seconds, but many of them where the machine does much else. */
const startTimeout = 480_000

interface Node {
  readonly child: ChildProcess
  readonly ended: Promise<void>
  log: string
}

function start(home: FreshHome): Node {
  const account = process.getuid?.() === 0 ? home.account : {}
  const child = spawn(join(home.home, 'bin', 'elasticsearch'), [], { cwd: home.home, env: stockEnvironment(home), stdio: ['ignore', 'pipe', 'pipe'], ...account })
  const node: Node = { child, ended: new Promise((resolve) => child.on('close', () => resolve())), log: '' }
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (node.log = (node.log + text).slice(-20_000)))
  return node
}

async function stop({ child, ended }: Node): Promise<void> {
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 60_000)
  await ended
  clearTimeout(patience)
}

/** Asks until 200, as the seeds do it: right after HTTPS opens the right password may answer 401. */
async function untilAnswered(node: Node, ask: () => Promise<{ status: string; body: string }>): Promise<{ status: string; body: string }> {
  for (const deadline = Date.now() + 400_000; Date.now() < deadline; await pause(500)) {
    if (node.child.exitCode !== null) throw new Error(`the node ended with ${node.child.exitCode}:\n${node.log}`)
    const answer = await ask().catch(() => null)
    if (answer?.status === '200') return answer
  }
  throw new Error(`no answer:\n${node.log}`)
}

/** One call by curl, which trusts the CA file alone; the password goes by standard input. */
async function ask(port: number, caPath: string, password: string): Promise<{ status: string; body: string }> {
  const credentials = `user = "elastic:${password.replaceAll(/["\\]/g, '\\$&')}"\n`
  const out = await tool('curl', ['-s', '-K', '-', '--cacert', caPath, '-w', '\n%{http_code}', `https://localhost:${port}`], credentials)
  const at = out.lastIndexOf('\n')
  return { status: out.slice(at + 1), body: out.slice(0, at) }
}
