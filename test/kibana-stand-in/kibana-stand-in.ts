// Stands in for Kibana, which is not to be had where the tests run: started by bin/kibana of a home that `kibana-stand-in-home.ts` lays out. It refuses root, reads kibana.yml,
// connects with what stands in there and with nothing else, prints lines as Kibana prints them, and answers /api/status. Where nothing is set it asks for an enrollment token behind a
// link with a code, as Kibana does. It shares no code with the product but js-yaml.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { load } from 'js-yaml'

const home = process.argv[2] ?? ''
const file = join(process.env.KBN_PATH_CONF ?? join(home, 'config'), 'kibana.yml')
const code = '462139'

function log(level: 'INFO ' | 'ERROR' | 'FATAL', logger: string, text: string): void {
  process.stdout.write(`[${new Date().toISOString().replace('Z', '+00:00')}][${level}][${logger}] ${text}\n`)
}

function settings(): Record<string, unknown> {
  return (load(readFileSync(file, 'utf8').replaceAll(/^\s*#.*$/gm, '').trim() || '{}') ?? {}) as Record<string, unknown>
}

interface Asked {
  readonly url: string
  readonly authorization: string
  readonly ca?: Buffer
  readonly unverified?: true
}

function ask({ url, authorization, ca, unverified }: Asked): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const tls = unverified === true ? { rejectUnauthorized: false } : { ca }
    const asked = request(url, { agent: new Agent({ keepAlive: false }), headers: { authorization }, ...tls }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

let available = false

/** As Kibana: hosts, token and authorities from the file, TLS with these authorities alone. */
async function connect(): Promise<void> {
  const read = settings()
  const [host] = read['elasticsearch.hosts'] as string[]
  const [authority] = read['elasticsearch.ssl.certificateAuthorities'] as string[]
  const answer = await ask({ url: `${host}/_security/_authenticate`, authorization: `Bearer ${String(read['elasticsearch.serviceAccountToken'])}`, ca: readFileSync(authority ?? '') })
  if (answer.status !== 200) throw new Error(`Unable to retrieve version information from Elasticsearch nodes. security_exception: ${answer.status}`)
  log('INFO ', 'elasticsearch-service', `Successfully connected to Elasticsearch as ${String(answer.body.username)}`)
  log('INFO ', 'status', 'Kibana is now available')
  available = true
}

/** Kibana's own set-up, behind its link: the token is used, the section appended, and the settings are read anew. */
async function enroll(token: string): Promise<void> {
  const { adr, key, fgr } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { adr: string[]; key: string; fgr: string }
  const host = `https://${adr[0]}`
  const { body } = await ask({ url: `${host}/_security/enroll/kibana`, authorization: `ApiKey ${Buffer.from(key).toString('base64')}`, unverified: true })
  const { value } = body.token as { value: string }
  const authority = join(home, 'data', `ca_${Date.now()}.crt`)
  writeFileSync(authority, `-----BEGIN CERTIFICATE-----\n${String(body.http_ca).replaceAll('-', '+').replaceAll('_', '/').replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`)
  appendFileSync(file, `\n\n# This section was automatically generated during setup.\nelasticsearch.hosts: ['${host}']\nelasticsearch.serviceAccountToken: ${value}\nelasticsearch.ssl.certificateAuthorities: [${authority}]\nxpack.fleet.outputs: [{id: fleet-default-output, name: default, is_default: true, is_default_monitoring: true, type: elasticsearch, hosts: ['${host}'], ca_trusted_fingerprint: ${fgr}}]\n\n`)
}

function fail(thrown: unknown): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  log('FATAL', 'root', `Error: ${message}`)
  process.stderr.write(`\n FATAL  Error: ${message}\n\n`)
  process.exit(1)
}

function answer(asked: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://localhost')
  if (pathname === '/api/status') {
    response.writeHead(available ? 200 : 503).end(available ? '{"status":{"overall":{"level":"available"}}}' : 'Kibana server is not ready yet')
    return
  }
  if (asked.method !== 'POST' || searchParams.get('code') !== code) {
    response.writeHead(404).end()
    return
  }
  let body = ''
  asked.on('data', (part: Buffer) => (body += part.toString()))
  asked.on('end', () => void enroll(body).then(() => response.writeHead(204).end()).then(connect).catch(fail))
}

if (process.getuid?.() === 0) {
  process.stderr.write('Kibana should not be run as root.  Use --allow-root to continue.\n')
  process.exit(1)
}
const read = settings()
const port = Number(read['server.port'] ?? 5601)
log('INFO ', 'root', 'Kibana is starting')
createServer(answer)
  .on('error', fail)
  .listen(port, '127.0.0.1', () => {
    log('INFO ', 'http.server.Preboot', `http server running at http://localhost:${port}`)
    if (read['elasticsearch.hosts'] === undefined) {
      // with the colours that it has on a terminal and keeps in a file
      process.stdout.write(`\n\n\u001b[1m\u001b[37m\u001b[96mi\u001b[37m Kibana has not been configured.\u001b[39m\u001b[22m\n\nGo to \u001b[4m\u001b[96mhttp://localhost:${port}/?code=${code}\u001b[39m\u001b[24m to get started.\n\n`)
    } else void connect().catch(fail)
  })
process.on('SIGTERM', () => process.exit(0))
