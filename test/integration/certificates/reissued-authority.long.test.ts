import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeNodeCertificates, toPem } from '../../../engine/security/certificates.ts'
import { runningKeys } from '../../../engine/security/testing/small-keys.ts'
import { reissueAuthority, renewNodeCertificate } from '../../../engine/security/renewed-certificates.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'

const run = promisify(execFile)
let folder: string
let home: FreshHome
const servers: Server[] = []
/** `old` and `new`: of a node that was renewed; `strange`: of another cluster */
const urls = new Map<string, string>()

beforeAll(async () => {
  home = await freshHome('9.4.3')
  folder = await mkdtemp(join(tmpdir(), 'firstnode-reissued-'))
  const now = new Date()
  const madeAt = new Date(now.getTime() - 700 * 86_400_000)
  const [keys, strangers] = [await runningKeys(), await runningKeys()]
  const made = await makeNodeCertificates({ keys, nodeName: 'n1', names: ['localhost', '127.0.0.1'], now: madeAt })
  const strange = await makeNodeCertificates({
    keys: strangers,
    nodeName: 'n1',
    names: ['localhost', '127.0.0.1'],
    now: madeAt,
  })
  const old = new X509Certificate(made.httpCa)
  const ca = new X509Certificate(await reissueAuthority({ old, key: keys.httpCa.privateKey, now }))
  const leaf = await renewNodeCertificate({
    old: new X509Certificate(made.http),
    key: keys.http.publicKey,
    names: [],
    ca,
    caKey: keys.httpCa.privateKey,
    now,
  })
  await writeFile(join(folder, 'old.crt'), toPem(made.httpCa))
  await writeFile(join(folder, 'new.crt'), toPem(ca.raw))
  // A node sends its CA beside its own certificate.
  const shown = {
    old: [made.http, made.httpCa, keys],
    new: [leaf, ca.raw, keys],
    strange: [strange.http, strange.httpCa, strangers],
  } as const
  for (const [name, [own, above, { http }]] of Object.entries(shown)) {
    const server = createServer(
      { key: http.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: `${toPem(own)}${toPem(above)}` },
      (_, response) => void response.end('an answer'),
    )
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    servers.push(server)
    urls.set(name, `https://localhost:${(server.address() as AddressInfo).port}`)
  }
  for (const [name, text] of Object.entries(programs)) await writeFile(join(folder, name), text)
}, 300_000)
afterAll(async () => {
  for (const server of servers) server.close()
  await rm(folder, { recursive: true, force: true })
  await home.remove()
})

const programs = {
  'client.py':
    'import ssl, sys, urllib.request\nprint(urllib.request.urlopen(sys.argv[1], context=ssl.create_default_context(cafile=sys.argv[2])).read().decode())\n',
  'client.mjs':
    "import { get } from 'node:https'\nimport { readFileSync } from 'node:fs'\nget(process.argv[2], { ca: readFileSync(process.argv[3]) }, (answer) => answer.pipe(process.stdout)).on('error', (thrown) => { console.error(thrown.message); process.exit(1) })\n",
  'Client.java': `import java.io.*; import java.net.*; import java.security.*; import java.security.cert.*; import javax.net.ssl.*;
public class Client { public static void main(String[] args) throws Exception {
  KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType()); trusted.load(null, null);
  try (InputStream in = new FileInputStream(args[1])) { trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in)); }
  TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()); trust.init(trusted);
  SSLContext tls = SSLContext.getInstance("TLS"); tls.init(null, trust.getTrustManagers(), null);
  HttpsURLConnection call = (HttpsURLConnection) new URI(args[0]).toURL().openConnection(); call.setSSLSocketFactory(tls.getSocketFactory());
  System.out.print(new String(call.getInputStream().readAllBytes())); } }
`,
  'client.go': `package main
import ("crypto/tls"; "crypto/x509"; "fmt"; "io"; "net/http"; "os")
func main() {
  pem, _ := os.ReadFile(os.Args[2]); pool := x509.NewCertPool(); pool.AppendCertsFromPEM(pem)
  client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
  answer, err := client.Get(os.Args[1]); if err != nil { fmt.Fprintln(os.Stderr, err); os.Exit(1) }
  body, _ := io.ReadAll(answer.Body); fmt.Print(string(body))
}
`,
}

const clients: readonly (readonly [
  name: string,
  call: (url: string, ca: string) => readonly [program: string, ...args: string[]],
])[] = [
  [
    'openssl',
    (url, ca) => [
      'openssl',
      's_client',
      '-connect',
      url.slice('https://'.length),
      '-CAfile',
      ca,
      '-verify_return_error',
      '-verify_hostname',
      'localhost',
    ],
  ],
  ['curl', (url, ca) => ['curl', '-sS', '--noproxy', '*', '--cacert', ca, url]],
  ['Python', (url, ca) => ['python3', join(folder, 'client.py'), url, ca]],
  ['Node', (url, ca) => [process.execPath, join(folder, 'client.mjs'), url, ca]],
  ['Java', (url, ca) => [join(home.java, 'bin', 'java'), join(folder, 'Client.java'), url, ca]],
  ['Go', (url, ca) => ['go', 'run', join(folder, 'client.go'), url, ca]],
]

describe.each(clients)('%s', (name, call) => {
  const asked = async (server: string, ca: string): Promise<string> => {
    const [program, ...args] = call(urls.get(server) ?? '', join(folder, `${ca}.crt`))
    const asking = run(program, args, {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GOFLAGS: '-mod=mod',
        GO111MODULE: 'off',
        GOCACHE: join(folder, 'go-cache'),
        no_proxy: '*',
      },
    })
    // s_client would wait for something to send.
    asking.child.stdin?.end()
    return asking.then(({ stdout }) => stdout)
  }
  const answer = name === 'openssl' ? 'Verify return code: 0 (ok)' : 'an answer'

  test.each([
    ['old', 'old'],
    ['new', 'old'],
    ['old', 'new'],
    ['new', 'new'],
  ])(
    'accepts the %s certificate of a node with the %s certificate of its CA',
    async (server, ca) => {
      expect(await asked(server, ca)).toContain(answer)
    },
    300_000,
  )

  test('refuses a CA of the same name with another key', async () => {
    for (const ca of ['old', 'new']) await expect(asked('strange', ca)).rejects.toMatchObject({ code: expect.any(Number) as number })
  }, 300_000)
})
