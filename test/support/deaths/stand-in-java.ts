import { spawn } from 'node:child_process'
import { createPublicKey, X509Certificate } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { readStore } from '../../../engine/security/pkcs12-read.ts'
import { readKeystore } from '../../../engine/security/keystore.ts'
import { Secret } from '../../../shared/secret.ts'

/**
 * A STAND-IN FOR JAVA AND ELASTICSEARCH, for tests that start a node hundreds of times: bundled, and put in a home as what `jdk/bin/java` runs. As the launcher it starts a server of
 * its own and ends when that listens; as the server it reads `elasticsearch.yml`, answers HTTPS with the certificate in the real `http.p12` (its password out of the real keystore), listens on
 * transport, writes a log and some data. It lets everybody in, and knows just enough of the REST API for `up`, `open`, `undo` and `reset-password`. As keytool it opens a keystore.
 */
const args = process.argv.slice(2)
const serverClass = 'org.elasticsearch.bootstrap.Elasticsearch'

if (args.includes(serverClass)) await serve()
else if (args.some((word) => word.endsWith('CliToolLauncher') || word.endsWith('ServerLauncher'))) await launch()
else if (args.includes('-certreq')) await requestCertificate()
else process.stdout.write('openjdk version "25.0.1"\n')

/** Starts the server in a process of its own and ends when it is up. */
async function launch(): Promise<void> {
  const home = process.env.ES_HOME ?? args.find((word) => word.startsWith('-Des.path.home='))?.slice('-Des.path.home='.length) ?? ''
  const config = process.env.ES_PATH_CONF ?? join(home, 'config')
  const words = [process.argv[1] ?? '', '--module-path', join(home, 'lib'), `-Des.path.home=${home}`, `-Des.path.conf=${config}`, serverClass]
  const child = spawn(process.execPath, words, { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] })
  const code = await new Promise<number>((resolve) => {
    child.stdio[3]?.once('data', () => resolve(0))
    child.once('exit', (ended) => resolve(ended ?? 1))
  })
  process.exit(code)
}

/** As `keytool -certreq`: opens the keystore with the passwords on standard input, and prints what belongs to the private key. */
async function requestCertificate(): Promise<void> {
  const valueOf = (option: string): string => args[args.indexOf(option) + 1] ?? ''
  const [password = '', keyPassword = ''] = readFileSync(0, 'utf8').split('\n')
  const { keys } = await readStore(readFileSync(valueOf('-keystore')), new Secret(password), 'the store', new Secret(keyPassword))
  const key = keys.find(({ alias }) => alias === valueOf('-alias'))?.key
  if (key === undefined) process.exit(1)
  const request = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  process.stdout.write(`-----BEGIN NEW CERTIFICATE REQUEST-----\n${request}\n-----END NEW CERTIFICATE REQUEST-----\n`)
}

async function serve(): Promise<void> {
  const value = (name: string): string => args.find((word) => word.startsWith(`-D${name}=`))?.slice(name.length + 3) ?? ''
  const [home, config] = [value('es.path.home'), value('es.path.conf')]
  const settings = new Map(readFileSync(join(config, 'elasticsearch.yml'), 'utf8').split('\n').flatMap((line) => {
    const [, name, text] = /^([\w.]+):\s*(.+?)\s*$/.exec(line) ?? []
    return name === undefined || text === undefined ? [] : [[name, text.replace(/^["']|["']$/g, '')] as const]
  }))
  const node = settings.get('node.name') ?? 'stand-in'
  const cluster = settings.get('cluster.name') ?? 'elasticsearch'
  mkdirSync(join(home, 'data', '_state'), { recursive: true })
  writeFileSync(join(home, 'data', '_state', 'node-0.st'), 'a stand-in ran here')
  mkdirSync(join(home, 'logs'), { recursive: true })
  const log = (logger: string, message: string): void => {
    const event = { '@timestamp': new Date().toISOString(), 'log.level': 'INFO', message, 'log.logger': `org.elasticsearch.${logger}`, 'elasticsearch.node.name': node }
    appendFileSync(join(home, 'logs', `${cluster}_server.json`), `${JSON.stringify(event)}\n`)
  }
  log('node.Node', 'version[9.4.3], pid[0], a stand-in')
  const passwords = await readKeystore(readFileSync(join(config, 'elasticsearch.keystore')))
  const passphrase = passwords.entries.get('xpack.security.http.ssl.keystore.secure_password')?.text().reveal() ?? ''
  const store = await readStore(readFileSync(join(config, 'certs', 'http.p12')), new Secret(passphrase))
  const chain = store.certificates.map(({ certificate }) => new X509Certificate(certificate))
  const leaf = chain.find(({ ca }) => !ca)
  const key = store.keys.find((one) => leaf?.checkPrivateKey(one.key))?.key
  log('node.Node', 'starting ...')
  const transport = await listening(createServer((socket) => socket.on('error', () => undefined)), Number(settings.get('transport.port') ?? 9300), '127.0.0.1')
  log('transport.TransportService', `publish_address {127.0.0.1:${transport}}, bound_addresses {127.0.0.1:${transport}}`)
  const answers = answersOf(node, cluster)
  const https = createTlsServer({ key: key?.export({ type: 'pkcs8', format: 'pem' }) ?? '', cert: chain.toSorted((a, b) => Number(a.ca) - Number(b.ca)).map(String).join('') }, (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    const body = answers[path] ?? (path.startsWith('/_cluster/state/') ? answers['/_cluster/state'] : path.startsWith('/_nodes/') ? answers['/_nodes'] : path.startsWith('/_security/user/') ? {} : { acknowledged: true })
    response.writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end(JSON.stringify(body))
  })
  const http = await listening(https, Number(settings.get('http.port') ?? 9200), undefined)
  log('http.AbstractHttpServerTransport', `publish_address {127.0.0.1:${http}}, bound_addresses {0.0.0.0:${http}}`)
  log('node.Node', `started {${node}}`)
  // The launcher waits on this descriptor.
  appendFileSync(3, 'up\n')
}

/** The port it got: this one, or the next that is free. */
function listening(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(listening(server, port + 1, host)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function answersOf(name: string, cluster: string): Readonly<Record<string, unknown>> {
  const bound = { bound_address: ['127.0.0.1:9200'], publish_address: '127.0.0.1:9200' }
  return {
    '/': { name, cluster_name: cluster, cluster_uuid: 'c3RhbmQtaW4tY2x1c3Rlcg', version: { number: '9.4.3' }, tagline: 'You Know, for Search' },
    '/_cluster/health': { status: 'green', number_of_nodes: 1, unassigned_shards: 0 },
    '/_security/_authenticate': { username: 'elastic' },
    '/_cluster/settings': {},
    '/_nodes': { nodes: { one: { name, version: '9.4.3', http: bound, transport: bound, settings: { xpack: { security: { enrollment: { enabled: 'true' } } } } } } },
    // The whole of it, whichever parts are asked for.
    '/_cluster/state': {
      master_node: 'one',
      nodes: { one: { name, roles: ['master', 'data'] } },
      metadata: { cluster_uuid: 'c3RhbmQtaW4tY2x1c3Rlcg', indices: {} },
      routing_table: { indices: { '.security-7': { shards: { 0: [{ state: 'STARTED', primary: true }] } } } },
    },
    '/_security/api_key': { id: 'id', api_key: 'key', api_keys: [], users: {}, roles: {} },
  }
}
