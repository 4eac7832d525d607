import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { FoundHome, Installation } from '../../shared/contract/installation.ts'
import { installation as contract } from '../../shared/contract/installation.ts'
import { processIdentity } from '../plan/process-identity.ts'
import { writeRecord } from '../plan/record.ts'
import { findHomes, usualPlaces } from './find.ts'
import { listFolder } from './folders.ts'
import { inspect } from './inspect.ts'
import { practiceMark } from './practice-cache.ts'

let folder = ''
let home = ''
const user = process.getuid?.() === 0 ? '4711' : undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-inspect-'))
  home = await smallHome('elasticsearch-9.4.3')
})
afterEach(() => rm(folder, { recursive: true }))

async function smallHome(name: string, version = '9.4.3'): Promise<string> {
  const path = join(folder, name)
  for (const part of ['bin', 'lib', 'config', 'modules/x-pack-security', 'jdk/bin']) await mkdir(join(path, part), { recursive: true })
  await writeFile(join(path, 'lib', `elasticsearch-${version}.jar`), '')
  for (const file of ['bin/elasticsearch', 'bin/elasticsearch.bat', 'jdk/bin/java', 'jdk/bin/java.exe']) await writeFile(join(path, file), '')
  await writeFile(join(path, 'jdk', 'release'), 'JAVA_VERSION="24.0.2"\n')
  await writeFile(join(path, 'config', 'elasticsearch.yml'), '# nothing\n')
  return path
}

function look(at = home, env: NodeJS.ProcessEnv = {}, config?: string): Promise<Installation> {
  return inspect({ home: at, ...(user === undefined ? {} : { user }), ...(config === undefined ? {} : { config }) }, env)
}

async function settings(text: string): Promise<void> {
  await writeFile(join(home, 'config', 'elasticsearch.yml'), text)
}

test('a home is told whole, as the contract has it', async () => {
  const found = await look()
  expect(contract.parse(found)).toEqual(found)
  expect(found).toMatchObject({
    home,
    version: '9.4.3',
    major: 9,
    layout: 'archive',
    config: join(home, 'config'),
    configSource: 'layout',
    data: [join(home, 'data')],
    logs: join(home, 'logs'),
    java: { source: 'bundled', major: 24 },
    javaTrouble: null,
    javaNeeds: { min: 21, max: null },
    practice: false,
    state: 'new',
    stateReason: null,
  })
  expect(found.disk?.freeBytes).toBeGreaterThan(0)
  expect(found.owner?.uid).toBe(process.getuid?.())
})

test('paths and ports are read from the settings, relative ones from the home', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await settings(`path:\n  data: [one, ${join(folder, 'two')}]\npath.logs: ../logs\r\nhttp.port: ${port}\n`)
  const found = await look()
  await new Promise((done) => server.close(done))
  expect(found).toMatchObject({ data: [join(home, 'one'), join(folder, 'two')], logs: join(folder, 'logs') })
  expect(found.ports).toMatchObject({ http: port, httpNamed: true, httpTaken: true, transport: 9300, transportNamed: false })
})

test('another config directory is taken from what was asked, else from ES_PATH_CONF', async () => {
  const other = join(folder, 'other')
  await mkdir(other)
  await writeFile(join(other, 'elasticsearch.yml'), 'path.data: elsewhere\n')
  expect(await look(home, { ES_PATH_CONF: other })).toMatchObject({ config: other, configSource: 'ES_PATH_CONF', data: [join(home, 'elsewhere')] })
  expect(await look(home, { ES_PATH_CONF: '/nowhere' }, other)).toMatchObject({ config: other, configSource: 'asked' })
})

test('a Java that will not do is told, not thrown', async () => {
  expect(await look(home, { ES_JAVA_HOME: join(folder, 'gone') })).toMatchObject({ java: null, javaTrouble: { code: 'es_java_home_wrong' } })
  const older = await smallHome('elasticsearch-8.16.6', '8.16.6')
  expect(await look(older)).toMatchObject({ java: { major: 24 }, javaTrouble: { code: 'java_too_new' }, javaNeeds: { min: 17, max: 23 } })
})

test('settings that are no YAML do not hide the home', async () => {
  await settings('a: [unclosed\n')
  expect(await look()).toMatchObject({ state: 'new', stateReason: expect.stringContaining('cannot be read') as string, data: [join(home, 'data')] })
})

test.each([
  ['xpack.security.enabled: false\n', 'unsecured'],
  ['xpack.security.enabled: true\n', 'configured'],
  ['xpack:\n  security:\n    http.ssl:\n      enabled: true\n', 'configured'],
  ['cluster.name: mine\n', 'new'],
])('with %j in its settings a home is %s', async (text, state) => {
  await settings(text)
  expect(await look()).toMatchObject({ state })
})

test('a home with data and no security is told as that, an empty data folder is none', async () => {
  await mkdir(join(home, 'data'))
  expect(await look()).toMatchObject({ state: 'new' })
  await writeFile(join(home, 'data', 'node.lock'), '')
  expect(await look()).toMatchObject({ state: 'unsecured' })
})

test('a set-up of ours counts as unfinished until somebody has the password', async () => {
  const record = { setupId: 's', target: { home }, at: 1, facts: null, answers: {}, files: [], dataExisted: false, formedCluster: null, node: null }
  await writeRecord(join(home, 'config'), { ...record, stage: 'ready' })
  expect(await look()).toMatchObject({ state: 'unfinished' })
  await settings('xpack.security.enabled: true\n')
  await writeRecord(join(home, 'config'), { ...record, stage: 'handed-over' })
  expect(await look()).toMatchObject({ state: 'configured' })
  await writeFile(join(home, 'config', '.firstnode', 'setup.json'), 'torn')
  expect(await look()).toMatchObject({ state: 'unsuitable' })
})

test('a set-up that another process is at counts as its work, not as interrupted', async () => {
  const record = { setupId: 's', target: { home }, at: 1, facts: null, answers: {}, files: [], dataExisted: false, formedCluster: null, node: null }
  const config = join(home, 'config')
  await writeRecord(config, { ...record, stage: 'applied' })
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
  onTestFinished(() => void other.kill())
  const pid = other.pid ?? 0
  const claim = JSON.stringify({ pid, identity: await processIdentity(pid) })
  await writeFile(join(config, '.firstnode', `lock.${pid}.0123456789abcdef`), `${claim}\nheld\n`)
  expect(await look()).toMatchObject({ state: 'unfinished', unfinished: { code: 'at_work', command: null, message: expect.stringContaining(`process ${pid}`) as string } })
})

test('a link to a home keeps its own name', async () => {
  await symlink(home, join(folder, 'current'), 'junction')
  expect(await look(join(folder, 'current'))).toMatchObject({ home: join(folder, 'current'), config: join(folder, 'current', 'config') })
})

test.each([['7.17.29', 'version_too_old']])('version %s is refused', async (version, code) => {
  await expect(look(await smallHome('old', version))).rejects.toMatchObject({ code })
})

test('nothing is changed by looking', async () => {
  const before = await Promise.all([home, join(home, 'config'), join(home, 'lib')].map((path) => stat(path)))
  await look()
  const after = await Promise.all([home, join(home, 'config'), join(home, 'lib')].map((path) => stat(path)))
  expect(after.map(({ mtimeMs, ctimeMs }) => [mtimeMs, ctimeMs])).toEqual(before.map(({ mtimeMs, ctimeMs }) => [mtimeMs, ctimeMs]))
})

test('a search finds homes newest first, says what each is, and never looks into one', async () => {
  await smallHome('elasticsearch-7.17.29', '7.17.29')
  const nested = await smallHome(join('elastic', 'elasticsearch-8.16.6'), '8.16.6')
  await smallHome(join('elasticsearch-9.4.3', 'inner'), '9.4.3')
  await smallHome('.hidden')
  await writeFile(join(nested, practiceMark), '')
  await mkdir(join(folder, 'closed'), { mode: 0o000 })
  const { homes: found, unsearched } = await findHomes({ env: {}, timeUp: new AbortController().signal, places: [{ folder, depth: 2 }, { folder: join(folder, 'nothing'), depth: 1 }] })
  expect(found.map(({ version, state, practice }) => [version, state, practice])).toEqual(
    expect.arrayContaining([['9.4.3', 'new', false], ['7.17.29', 'unsuitable', false], ['8.16.6', 'new', true]]),
  )
  expect(found).toHaveLength(3)
  expect(unsearched).toEqual({ slow: [], full: [] })
  expect(found.map(({ modified }) => modified)).toEqual(found.map(({ modified }) => modified).toSorted((a, b) => b - a))
  await chmod(join(folder, 'closed'), 0o755)
})

test('each platform is searched where its people keep things', () => {
  const folders = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] => usualPlaces(env, platform, '/people/ada').map(({ folder }) => folder)
  expect(folders('linux', { ES_HOME: '/mine' })).toEqual(expect.arrayContaining(['/mine', process.cwd(), join('/people/ada', 'Downloads'), '/opt', '/usr/share/elasticsearch']))
  expect(folders('darwin', {})).toEqual(expect.arrayContaining(['/Applications', '/opt/homebrew/opt']))
  expect(folders('win32', { ProgramFiles: 'C:\\Program Files', SystemDrive: 'C:' })).toEqual(expect.arrayContaining(['C:\\Program Files', 'C:\\']))
})

test('a search that takes too long gives what it has, and names the folders it has not looked through', async () => {
  await smallHome(join('quick', 'elasticsearch-9.4.3'))
  await smallHome(join('slow', 'elasticsearch-9.4.3'))
  const [quick, slow] = [join(folder, 'quick'), join(folder, 'slow')]
  const time = new AbortController()
  const { promise: looked, resolve: onLooked } = Promise.withResolvers<void>()
  const look = async (home: string): Promise<FoundHome> => {
    if (home.startsWith(slow)) await new Promise(() => undefined)
    onLooked()
    return { home, config: join(home, 'config'), version: '9.4.3', owner: null, state: 'new', stateReason: null, modified: 0, practice: false }
  }
  const searching = findHomes({ env: {}, places: [quick, slow].map((one) => ({ folder: one, depth: 1 })), timeUp: time.signal, look })
  await looked
  setImmediate(() => time.abort())
  const { homes, unsearched } = await searching
  expect(homes.map(({ home }) => home)).toEqual([join(quick, 'elasticsearch-9.4.3')])
  expect(unsearched).toEqual({ slow: [slow], full: [] })
})

test('a folder with more folders in it than are searched is named', async () => {
  await Promise.all(Array.from({ length: 301 }, (_, number) => mkdir(join(folder, `f${number}`))))
  const { unsearched } = await findHomes({ env: {}, places: [{ folder, depth: 1 }], timeUp: new AbortController().signal })
  expect(unsearched).toEqual({ slow: [], full: [folder] })
})

test('a folder is listed with homes and archives told apart, and hidden ones left out', async () => {
  await mkdir(join(folder, '.git'))
  await mkdir(join(folder, 'docs'))
  await writeFile(join(folder, 'elasticsearch-9.4.3-linux-x86_64.tar.gz'), '')
  await writeFile(join(folder, 'notes.txt'), '')
  await symlink(join(folder, 'gone'), join(folder, 'dangling'))
  const listing = await listFolder(folder)
  expect(listing.entries.map(({ name, kind }) => [name, kind])).toEqual([
    ['docs', 'folder'],
    ['elasticsearch-9.4.3', 'home'],
    ['elasticsearch-9.4.3-linux-x86_64.tar.gz', 'archive'],
  ])
  expect(listing).toMatchObject({ path: folder, parent: tmpdir(), home: false })
  expect(await listFolder(home)).toMatchObject({ home: true, parent: folder })
  expect((await listFolder('/')).parent).toBeNull()
  expect((await listFolder(null)).places.length).toBeGreaterThan(0)
})

test('a folder that cannot be read is told', async () => {
  await expect(listFolder(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'folder_unreadable' })
  await expect(listFolder(join(home, 'bin', 'elasticsearch'))).rejects.toMatchObject({ code: 'folder_unreadable' })
})
