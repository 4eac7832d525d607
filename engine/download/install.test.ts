import { createHash, generateKeyPair } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { DownloadWish } from '../../shared/contract/download.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import { beginKeys } from '../security/keys.ts'
import { archiveName } from './addresses.ts'
import { buildFor } from './builds.ts'
import { install, type InstallSurroundings } from './install.ts'
import { release, smallArchive, testKey } from './testing/releases-to-give.ts'
import { cutAt, give, page, releaseServer, status, tagOf, type Answering } from './testing/release-server.ts'

const key = await testKey()
const archive = await smallArchive('elasticsearch')
const name = archiveName('elasticsearch', '9.4.3', buildFor())

let folder = ''
let into = ''
let cache = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-download-'))
  // Root gives a home to an account that must reach it.
  await chmod(folder, 0o755)
  into = join(folder, 'into')
  cache = join(folder, 'cache')
  await mkdir(into)
})
afterEach(() => rm(folder, { recursive: true }))

async function released(tls: Parameters<typeof releaseServer>[0] = null) {
  const server = await releaseServer(tls)
  return { server, path: await release(server, key, archive) }
}

type More = Partial<DownloadWish> & { around?: InstallSurroundings; signal?: AbortSignal; onProgress?: (progress: Progress) => void }

/** Installs what a server gives, as this machine would, but for the surroundings that a test chooses. */
function installing(mirror: string, { around = {}, signal = new AbortController().signal, onProgress = () => undefined, ...wish }: More = {}) {
  return install({ product: 'elasticsearch', version: '9.4.3', into, mirror, ...wish }, { signal, onProgress }, { key: key.key, cache, env: {}, askProxy: () => Promise.resolve(null), pauses: [0, 0, 0], ...around })
}

async function refusal(work: Promise<unknown>): Promise<{ code: unknown; message: string; into: string[]; kept: string[] }> {
  const thrown: unknown = await work.then(() => ({}), (one: unknown) => one)
  const { code = 'none', message = '' } = thrown as { code?: unknown; message?: string }
  return { code, message, into: await readdir(into), kept: await readdir(join(cache, 'downloads')).catch(() => []) }
}

function nothingLeft(code: string, said = ''): object {
  return { code, message: expect.stringContaining(said) as string, into: [], kept: [] }
}

test('an archive is downloaded, checked by both its checksum and its signature, and unpacked; nothing else stays', async () => {
  const { server, path } = await released()
  const seen: Progress[] = []
  const { home, sentences } = await installing(server.url, { onProgress: (progress) => seen.push(progress) })
  expect(home).toBe(join(into, 'elasticsearch-9.4.3'))
  expect(await readFile(join(home, 'lib', 'elasticsearch-9.4.3.jar'), 'utf8')).toBe('jar')
  expect([await readdir(into), await readdir(join(cache, 'downloads'))]).toEqual([['elasticsearch-9.4.3'], []])
  expect(sentences).toEqual([`${name} was downloaded from ${new URL(server.url).host}.`, 'Its SHA-512 is the one it should have.', `It is signed with Elastic's key (${key.key.fingerprint.slice(-16)}).`])
  // What proves it is asked for first: a mirror without it costs nobody a download.
  expect(server.asked).toEqual([`${path}.sha512`, `${path}.asc`, path])
  expect(seen.map(({ text }) => text)).toEqual(expect.arrayContaining([`Downloading ${name}`, `Checking the SHA-512 of ${name}`, `Checking the signature of ${name}`, `Unpacking ${name}`]))
  expect(seen.filter(({ text }) => text === `Downloading ${name}`).at(-1)).toMatchObject({ done: archive.length, total: archive.length, unit: 'bytes' })
})

test('without a version the newest released one is taken, and no pre-release', async () => {
  const { server, path } = await released()
  await installing(server.url, { version: undefined })
  expect(server.asked).toEqual(['/releases/stack.json', `${path}.sha512`, `${path}.asc`, path])
})

test('Kibana is downloaded the same way', async () => {
  const server = await releaseServer()
  await release(server, key, await smallArchive('kibana', '8.19.2', 1000), { product: 'kibana', version: '8.19.2' })
  expect((await installing(server.url, { product: 'kibana', version: '8.19.2' })).home).toBe(join(into, 'kibana-8.19.2'))
})

test.each([1, 511, 70_000, 150_001, archive.length - 1])('a line that is cut at byte %i goes on from there', async (byte) => {
  const { server, path } = await released()
  server.next(path, cutAt(byte))
  await installing(server.url)
  expect(server.asked.slice(2)).toEqual([path, `${path} bytes=${byte}-`])
})

test('a line that is cut before the first byte, and again and again, goes on as long as something comes', async () => {
  const { server, path } = await released()
  server.next(path, cutAt(0), cutAt(70_000), cutAt(140_000), cutAt(210_000), cutAt(280_000))
  await installing(server.url, { around: { pauses: [0] } })
  expect(server.asked.slice(2)).toEqual([path, path, ...[70_000, 140_000, 210_000, 280_000].map((byte) => `${path} bytes=${byte}-`)])
})

test('a download that is given up is kept, and the next one goes on from there', async () => {
  const { server, path } = await released()
  server.always(path, cutAt(200_000))
  expect(await refusal(installing(server.url))).toMatchObject({ code: 'download_broken', into: [], kept: [name, `${name}.json`] })
  server.always(path, give)
  server.asked.length = 0
  await installing(server.url)
  expect([server.asked.at(-1), await readdir(join(cache, 'downloads'))]).toEqual([`${path} bytes=200000-`, []])
})

test('what has changed between two tries is downloaded anew, and never mixed', async () => {
  const { server, path } = await released()
  server.always(path, cutAt(200_000))
  await refusal(installing(server.url))
  server.always(path, give)
  await release(server, key, await smallArchive('elasticsearch', '9.4.3', 310_000))
  await installing(server.url)
  expect(await readdir(into)).toEqual(['elasticsearch-9.4.3'])
})

test('a server that heeds no Range gives it anew from its first byte', async () => {
  const { server, path } = await released()
  server.next(path, cutAt(200_000), (_, response, file) => void response.writeHead(200, { etag: tagOf(file), 'content-length': file.length }).end(file))
  await installing(server.url)
  expect(await readdir(into)).toEqual(['elasticsearch-9.4.3'])
})

test('a server that gives another part than was asked for is asked anew', async () => {
  const { server, path } = await released()
  const wrong: Answering = (_, response, file) => void response.writeHead(206, { 'content-range': `bytes 5-${file.length - 1}/${file.length}` }).end(file.subarray(5))
  server.next(path, cutAt(200_000), wrong)
  await installing(server.url)
  expect(server.asked.slice(2)).toEqual([path, `${path} bytes=200000-`, path])
})

test.each([
  ['that there is no such part', status(416), 'HTTP 416'],
  ['a part that nobody asked for', ((_, response, file) => void response.writeHead(206, { 'content-range': `bytes 5-${file.length - 1}/${file.length}` }).end(file.subarray(5))) satisfies Answering, 'HTTP 206'],
] as const)('a server that answers every time with %s is not asked for ever', async (_, answering, said) => {
  const { server, path } = await released()
  server.always(path, answering)
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_refused', said))
  expect(server.asked.filter((one) => one.startsWith(path) && !/\.(?:sha512|asc)$/.test(one))).toEqual([path])
})

test('a line that is cut at the same byte whenever it begins anew is given up', async () => {
  const { server, path } = await released()
  server.always(path, (request, response, file) => (request.headers.range === undefined ? cutAt(200_000)(request, response, file) : void response.writeHead(416).end()))
  expect(await refusal(installing(server.url))).toMatchObject({ code: 'download_broken', into: [] })
  expect(server.asked.length).toBeLessThan(12)
})

test.each([
  ['a login of the network', page('<h1>Welcome</h1>'), 'download_web_page'],
  ['a server out of order', status(503), 'download_refused'],
] as const)('what had come before %s stands in the way is kept, and gone on from afterwards', async (_, answering, code) => {
  const { server, path } = await released()
  server.always(path, cutAt(200_000))
  await refusal(installing(server.url))
  server.always(path, answering)
  server.always(`${path}.sha512`, answering)
  expect(await refusal(installing(server.url))).toMatchObject({ code, kept: [name, `${name}.json`] })
  server.always(path, give)
  server.always(`${path}.sha512`, give)
  await installing(server.url)
  expect(server.asked.at(-1)).toBe(`${path} bytes=200000-`)
})

test('of a download that had come whole, the room to unpack it is looked at all the same', async () => {
  const { server, path } = await released()
  await mkdir(join(cache, 'downloads'), { recursive: true })
  await writeFile(join(cache, 'downloads', name), archive)
  await writeFile(join(cache, 'downloads', `${name}.json`), JSON.stringify({ address: `${server.url}${path}`, validator: '"tag"', total: archive.length }))
  expect(await refusal(installing(server.url, { around: { freeBytes: () => Promise.resolve(50_000_000) } }))).toMatchObject({ code: 'download_no_room', into: [], kept: [name, `${name}.json`] })
  await installing(server.url)
  expect(server.asked).not.toContain(path)
})

test.each(['elasticsearch', 'kibana'] as const)('an old %s under a new name is refused, though it is signed, and leaves nothing', async (product) => {
  const server = await releaseServer()
  await release(server, key, await smallArchive(product, '8.16.6'), { product })
  expect(await refusal(installing(server.url, { product }))).toMatchObject(nothingLeft('download_other_version', 'lies version 8.16.6, not 9.4.3'))
})

test('without an ETag or a date nothing is gone on from', async () => {
  const { server, path } = await released()
  server.next(path, (_, response, file) => {
    response.writeHead(200, { 'content-length': file.length }).write(file.subarray(0, 100_000), () => response.destroy())
  })
  await installing(server.url)
  expect(server.asked.slice(2)).toEqual([path, path])
})

test('what could not be gone on from is not kept', async () => {
  const { server, path } = await released()
  server.always(path, (_, response, file) => {
    response.writeHead(200, { 'content-length': file.length }).write(file.subarray(0, 100_000), () => response.destroy())
  })
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_unreachable', 'it closes the connection'))
})

test('a server that falls silent is left, and the next connection goes on', async () => {
  const { server, path } = await released()
  server.next(path, (_, response, file) => void response.writeHead(200, { etag: tagOf(file), 'content-length': file.length }).write(file.subarray(0, 100_000)))
  await installing(server.url, { around: { patience: 200 } })
  expect(server.asked.at(-1)).toBe(`${path} bytes=100000-`)
})

test('a length that is none is not believed: what comes is judged by its checksum', async () => {
  const { server, path } = await released()
  server.always(path, (_, response, file) => void response.writeHead(200).end(file.subarray(0, 100_000)))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_checksum', 'It was removed.'))
})

test('more bytes than were said are cut off and refused', async () => {
  const { server, path } = await released()
  server.always(path, (request, response, file) => {
    response.strictContentLength = false
    request.socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${file.length - 10}\r\nconnection: close\r\n\r\n`), file]))
  })
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_checksum'))
})

test('an archive that is longer than any is left at once', async () => {
  const { server, path } = await released()
  server.always(path, (_, response) => {
    response.writeHead(200, { 'content-length': 2 ** 40 })
    response.flushHeaders()
  })
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_endless'))
})

test('another checksum is refused and leaves nothing', async () => {
  const { server, path } = await released()
  server.files.set(`${path}.sha512`, Buffer.from(`${'0'.repeat(128)}  ${name}\n`))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_checksum', name))
})

test('a checksum of another file proves nothing', async () => {
  const { server, path } = await released()
  server.files.set(`${path}.sha512`, Buffer.from(`${createHash('sha512').update(archive).digest('hex')}  something-else.tar.gz\n`))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_unproved', `SHA-512 of ${name}`))
})

test('an archive that its own checksum fits, and that another key signed, is refused and leaves nothing', async () => {
  const server = await releaseServer()
  await release(server, await testKey(), archive)
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_signature', 'it was signed with another key'))
})

test('a signature of the right key over something else is refused, and so is what is none', async () => {
  const { server, path } = await released()
  server.files.set(`${path}.asc`, Buffer.from(await key.sign(Buffer.from('another archive'))))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_signature', 'its signature is for something else'))
  server.files.set(`${path}.asc`, Buffer.from('hello'))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_signature', 'is none'))
})

test.each(['.sha512', '.asc'])('a mirror without the %s beside the archive is refused before anything large is downloaded', async (ending) => {
  const { server, path } = await released()
  server.files.delete(`${path}${ending}`)
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_unproved', ending))
  expect(server.asked).not.toContain(path)
})

test.each([
  [403, 'download_refused'],
  [401, 'download_refused'],
  [404, 'download_not_there'],
  [410, 'download_not_there'],
  [503, 'download_refused'],
])('HTTP %i is told in words', async (code, expected) => {
  const { server, path } = await released()
  server.always(path, status(code))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft(expected, path))
})

test('a server that is out of order for a while is asked again', async () => {
  const { server, path } = await released()
  server.next(path, status(503), status(429))
  await installing(server.url)
  expect(server.asked.slice(2)).toEqual([path, path, path])
})

test('a redirect is followed, a loop of them is not', async () => {
  const { server, path } = await released()
  server.files.set('/elsewhere', archive)
  server.next(path, status(302, { location: '/elsewhere' }))
  await installing(server.url)
  expect(server.asked.at(-1)).toBe('/elsewhere')
  server.asked.length = 0
  server.always(path, status(301, { location: path }))
  expect(await refusal(installing(server.url))).toMatchObject({ code: 'download_redirect', message: expect.stringContaining('more than 5 times') as string, kept: [] })
  expect(server.asked.filter((one) => one === path)).toHaveLength(6)
})

test('a web page in place of the archive is a login of the network, not an archive', async () => {
  const { server, path } = await released()
  server.always(path, page('<h1>Welcome to our hotel</h1>'))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_web_page'))
})

test.each([
  ['a web page', page('<h1>It works</h1>'), 'download_no_mirror', 'web page'],
  ['JSON of something else', (_: unknown, response: Parameters<Answering>[1]) => void response.end('{"hello": "world"}'), 'download_no_mirror', 'releases/stack.json'],
  ['nothing', status(404), 'download_no_list', 'there is none'],
] as const)('a mirror whose list of versions is %s is none, or has to be told the version', async (_, answering, code, said) => {
  const { server } = await released()
  server.always('/releases/stack.json', answering)
  expect(await refusal(installing(server.url, { version: undefined }))).toMatchObject(nothingLeft(code, said))
})

test('a mirror below a path is asked below it', async () => {
  const server = await releaseServer()
  const path = await release(server, key, archive)
  for (const at of [path, `${path}.sha512`, `${path}.asc`]) server.files.set(`/artifactory/elastic${at}`, server.files.get(at) ?? archive)
  await installing(`${server.url}/artifactory/elastic/`)
  expect(server.asked.at(-1)).toBe(`/artifactory/elastic${path}`)
})

test('a machine that cannot be reached is told by its name', async () => {
  const { server } = await released()
  const unheard = new URL(server.url)
  unheard.port = '1'
  expect(await refusal(installing(unheard.href))).toMatchObject(nothingLeft('download_unreachable', '127.0.0.1:1'))
})

async function certificates() {
  // TLS refuses keys of less than 2048 bits.
  const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
  const made = await makeNodeCertificates({ keys, nodeName: 'mirror', names: ['127.0.0.1'], now: new Date() })
  return { tls: { key: String(keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' })), cert: toPem(made.http) }, ca: toPem(made.httpCa) }
}

test('TLS by an unknown authority is refused, and accepted with its file; from https nothing leads to http', async () => {
  const { tls, ca } = await certificates()
  const { server, path } = await released(tls)
  // Neither does it matter that the environment tells Node to look at no certificate.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('download_untrusted', 'its authority is not known here'))
  const authority = join(folder, 'ca.pem')
  await writeFile(authority, `# our company\n${ca}`)
  await installing(server.url, { authority })
  await rm(join(into, 'elasticsearch-9.4.3'), { recursive: true })
  await installing(server.url, { around: { env: { NODE_EXTRA_CA_CERTS: authority } } })
  await rm(join(into, 'elasticsearch-9.4.3'), { recursive: true })
  const plain = await released()
  server.always(path, status(302, { location: `${plain.server.url}${path}` }))
  expect(await refusal(installing(server.url, { authority }))).toMatchObject(nothingLeft('download_redirect', 'it leads from https to http'))
  expect(plain.server.asked).toEqual([])
})

test('a file that holds no authority is named', async () => {
  const { server } = await released()
  const authority = join(folder, 'ca.pem')
  expect(await refusal(installing(server.url, { authority }))).toMatchObject({ code: 'download_authority', message: expect.stringContaining('it does not exist') as string })
  await writeFile(authority, 'hello')
  expect(await refusal(installing(server.url, { authority }))).toMatchObject({ code: 'download_authority', message: expect.stringContaining('BEGIN CERTIFICATE') as string })
  await writeFile(authority, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  expect(await refusal(installing(server.url, { authority }))).toMatchObject({ code: 'download_authority', message: expect.stringContaining('damaged') as string })
})

/** A proxy that wants `user:word`, tunnels to where it is asked to, and counts. */
async function proxy(account = ''): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = []
  const wanted = `Basic ${Buffer.from(account).toString('base64')}`
  const server: Server = createServer((request, response) => {
    const isLetIn = account === '' || request.headers['proxy-authorization'] === wanted
    if (isLetIn) tunnels.push(request.url ?? '')
    response.writeHead(isLetIn ? 502 : 407).end()
  })
  server.on('connect', (request, socket) => {
    socket.on('error', () => undefined)
    if (account !== '' && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    tunnels.push(request.url ?? '')
    const [host, port] = (request.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return { url: `http://${account === '' ? '' : `${account}@`}127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels }
}

test('a proxy of the variables is gone through, with its password, and its word stays out of what is told', async () => {
  const { tls, ca } = await certificates()
  const { server } = await released(tls)
  const authority = join(folder, 'ca.pem')
  await writeFile(authority, ca)
  const way = await proxy('ana:word')
  const without = way.url.replace('ana:word@', '')
  expect(await refusal(installing(server.url, { authority, around: { env: { HTTPS_PROXY: without } } }))).toMatchObject(nothingLeft('download_proxy_password', without))
  const wrong = await refusal(installing(server.url, { authority, around: { env: { https_proxy: way.url.replace('word', 'mistaken') } } }))
  expect(wrong).toMatchObject(nothingLeft('download_proxy_password', without))
  expect(JSON.stringify(wrong)).not.toContain('mistaken')
  expect(way.tunnels).toEqual([])
  await installing(server.url, { authority, around: { env: { HTTPS_PROXY: way.url } } })
  const odd = await proxy('ana:100%@w')
  await installing(server.url, { authority, around: { env: { HTTPS_PROXY: odd.url } } })
  expect(odd.tunnels).not.toEqual([])
  expect(new Set(way.tunnels)).toEqual(new Set([new URL(server.url).host]))
})

test('NO_PROXY leads past it; a proxy that the host knows is taken where the variables name none', async () => {
  const { server } = await released()
  const way = await proxy()
  await installing(server.url, { around: { env: { HTTP_PROXY: way.url, NO_PROXY: 'localhost,127.0.0.1' } } })
  expect(way.tunnels).toEqual([])
  const asked: string[] = []
  const askProxy = (address: string): Promise<string> => {
    asked.push(new URL(address).origin)
    return Promise.resolve(way.url)
  }
  expect(await refusal(installing(server.url, { around: { askProxy } }))).toMatchObject({ code: 'download_refused' })
  expect([new Set(asked), way.tunnels.length > 0]).toEqual([new Set([server.url]), true])
})

test('a proxy that is not there, and one that is none, are told', async () => {
  const { server } = await released()
  expect(await refusal(installing(server.url, { around: { env: { HTTP_PROXY: 'http://127.0.0.1:1' } } }))).toMatchObject(nothingLeft('download_proxy', 'http://127.0.0.1:1'))
  expect(await refusal(installing(server.url, { around: { env: { HTTP_PROXY: 'socks5://ana:word@127.0.0.1:1' } } }))).toMatchObject({ code: 'download_proxy', message: expect.not.stringContaining('word') as string })
})

test('a disk without room is refused before the archive is downloaded', async () => {
  const { server, path } = await released()
  expect(await refusal(installing(server.url, { around: { freeBytes: () => Promise.resolve(50_000_000) } }))).toMatchObject({ code: 'download_no_room', message: expect.stringContaining('There are 50 MB free') as string, into: [] })
  expect(await readdir(join(cache, 'downloads'))).toEqual([])
  expect(server.asked.at(-1)).toBe(path)
})

test('a folder that nothing can be unpacked to is refused before anything is asked for', async () => {
  const { server } = await released()
  await writeFile(join(folder, 'file'), '')
  for (const wrong of [join(folder, 'file'), join(folder, 'no', 'where')]) expect(await refusal(installing(server.url, { into: wrong }))).toMatchObject({ code: 'archive_target' })
  expect(server.asked).toEqual([])
})

test.skipIf(process.platform === 'win32')('a cache that is a link, or that another account could write to, is not used', async () => {
  const { server } = await released()
  await mkdir(cache)
  await symlink(into, join(cache, 'downloads'))
  await expect(installing(server.url)).rejects.toMatchObject({ code: 'download_cache', message: expect.stringContaining('it is a link') as string })
  await rm(join(cache, 'downloads'))
  if (process.getuid?.() !== 0) return
  await mkdir(join(cache, 'downloads'))
  await chown(join(cache, 'downloads'), 1234, 1234)
  await expect(installing(server.url)).rejects.toMatchObject({ code: 'download_cache', message: expect.stringContaining('another account') as string })
  expect(server.asked).toEqual([])
})

test('a cancel in the middle leaves nothing, neither there nor in the cache', async () => {
  const { server, path } = await released()
  server.always(path, (_, response, file) => void response.writeHead(200, { etag: tagOf(file), 'content-length': file.length }).write(file.subarray(0, 100_000)))
  const cancel = new AbortController()
  const onProgress = ({ text, done }: Progress): void => {
    if (text === `Downloading ${name}` && done >= 0) setImmediate(() => cancel.abort())
  }
  await expect(installing(server.url, { signal: cancel.signal, onProgress })).rejects.toThrow(/abort/i)
  expect([await readdir(into), await readdir(join(cache, 'downloads'))]).toEqual([[], []])
})

test.each([`Checking the SHA-512 of ${name}`, `Checking the signature of ${name}`, `Unpacking ${name}`])('a cancel at "%s" leaves nothing either', async (moment) => {
  const server = await releaseServer()
  await release(server, key, await smallArchive('elasticsearch', '9.4.3', 4_000_000))
  const cancel = new AbortController()
  const onProgress = ({ text }: Progress): void => {
    if (text === moment) cancel.abort()
  }
  await expect(installing(server.url, { signal: cancel.signal, onProgress })).rejects.toThrow(/abort/i)
  expect([await readdir(into), await readdir(join(cache, 'downloads'))]).toEqual([[], []])
})

test('two that want the same at once download it one after the other, and each has its home', async () => {
  const { server } = await released()
  const homes = await Promise.all([installing(server.url), installing(server.url)])
  expect(homes.map(({ home }) => home).sort()).toEqual([join(into, 'elasticsearch-9.4.3'), join(into, 'elasticsearch-9.4.3-2')])
})

test('a file that is here already is checked by what lies beside it, and it is said what could not be checked', async () => {
  const file = join(folder, name)
  await writeFile(file, archive)
  const bare = await installing('', { mirror: undefined, file })
  expect(bare.sentences).toEqual([`${file} was used; nothing was downloaded.`, `Its SHA-512 could not be checked: there is no ${name}.sha512 beside it.`, `Its signature could not be checked: there is no ${name}.asc beside it.`])
  await writeFile(`${file}.sha512`, `${createHash('sha512').update(archive).digest('hex')}  ${name}`)
  await writeFile(`${file}.asc`, await key.sign(archive))
  expect((await installing('', { mirror: undefined, file })).sentences.slice(1)).toEqual(['Its SHA-512 is the one it should have.', `It is signed with Elastic's key (${key.key.fingerprint.slice(-16)}).`])
  await writeFile(`${file}.asc`, await key.sign(Buffer.from('another')))
  await expect(installing('', { mirror: undefined, file })).rejects.toMatchObject({ code: 'download_signature', message: expect.stringContaining('Nothing was unpacked') as string })
  await writeFile(`${file}.sha512`, `${'0'.repeat(128)}  ${name}`)
  await expect(installing('', { mirror: undefined, file })).rejects.toMatchObject({ code: 'download_checksum' })
  await writeFile(`${file}.sha512`, 'hello')
  await expect(installing('', { mirror: undefined, file })).rejects.toMatchObject({ code: 'download_checksum_unread' })
  expect(await readFile(file)).toEqual(archive)
})

test('an archive that is built for another machine is refused, and leaves nothing', async () => {
  const elsewhere = Buffer.alloc(256)
  elsewhere.writeUInt32LE(0xfeedfacf, 0)
  elsewhere.writeUInt32LE(process.platform === 'darwin' ? 7 : 0x0100000c, 4)
  const server = await releaseServer()
  await release(server, key, await smallArchive('elasticsearch', '9.4.3', 10, [{ name: 'jdk.app/Contents/Home/bin/java', content: elsewhere }]))
  expect(await refusal(installing(server.url))).toMatchObject(nothingLeft('archive_other_machine', name))
})

test('a file of the other product, or that is not there, is refused', async () => {
  const file = join(folder, name)
  await expect(installing('', { mirror: undefined, file })).rejects.toMatchObject({ code: 'archive_unreadable' })
  await writeFile(file, archive)
  expect(await refusal(installing('', { mirror: undefined, product: 'kibana', file }))).toMatchObject({ code: 'archive_no_kibana', into: [] })
})
