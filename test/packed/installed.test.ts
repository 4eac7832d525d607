import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maintainer } from '../../build/package/configuration.ts'
import { makeDeb } from '../../build/package/linux/deb.ts'
import { startAndLook, startAndStay, type Started } from '../../build/package/start-and-look.ts'
import { inRoot } from '../../build/root.mjs'
import { run } from '../../build/run.mjs'
import { openPersonsDesktop, type PersonsDesktop } from '../../build/testing/persons-desktop.ts'
import { readNodeRecord } from '../../engine/node/node-record.ts'
import { curlStatus } from '../cli/outside.ts'
import { firstnode } from '../cli/firstnode.ts'
import { freePorts } from '../support/free-ports.ts'
import { type FreshHome, freshHome } from '../support/fresh-home.ts'
import { deb, tarball } from './archives.ts'
import { type DebianTree, debianTree, type Suite } from './debian-tree.ts'
import { pageByDebugger } from './page-by-debugger.ts'

const execute = promisify(execFile)
const suites: readonly Suite[] = ['stable']
const firstHeading = 'Which Elasticsearch?'
const nextVersion = '99.0.0'
/** What stays when the package is removed: what Firstnode and libraries of desktops keep in Ada's own folder. */
const ofPersons = /^\/home\/ada(\/(\.bash_logout|\.bashrc|\.profile|\.config|\.cache|\.pki|\.local)(\/.*)?)?$/

let desktop: PersonsDesktop
let home: FreshHome
/** for files that the trees see as well: `/tmp` is theirs too */
let shared: string
/** the deb and the tar.gz, where the trees see them */
let firstDeb: string
let unpackable: string
/** the same application as a later version */
let laterDeb: string

beforeAll(async () => {
  desktop = await openPersonsDesktop()
  shared = await mkdtemp(join(tmpdir(), 'firstnode-installed-'))
  laterDeb = join(shared, 'later.deb')
  firstDeb = join(shared, 'firstnode.deb')
  unpackable = join(shared, 'firstnode.tar.gz')
  await copyFile(deb(), firstDeb)
  await copyFile(tarball(), unpackable)
  const packed = inRoot('dist', 'package', 'linux-unpacked')
  const source = { packed, arch: 'x64', version: nextVersion, repository: null, released: 1_800_000_000 } as const
  const how = { checkout: inRoot(), compression: 'quick', work: join(shared, 'work') } as const
  await makeDeb({ ...source, ...how, maintainer: maintainer(null) }, laterDeb)
  await execute('chmod', ['-R', 'a+rX', shared])
})
afterAll(async () => {
  await desktop.close()
  await rm(shared, { recursive: true, force: true })
})

describe.each(suites)('in Debian %s', (suite) => {
  let tree: DebianTree
  let ports: { http: number; transport: number }
  let started: Started

  beforeAll(async () => {
    if (desktop.account === null) throw new Error('Run this as root: it installs packages into a tree of Debian.')
    tree = await debianTree(suite, desktop.account)
    home = await freshHome('9.4.3', 'elasticsearch-9.4.3')
    ports = await freePorts()
  })
  afterAll(async () => {
    await firstnode(['stop', '--home', home.home], { env: { ES_JAVA_HOME: home.java } })
    await home.remove()
    await tree.remove()
  })

  const asAda = async (...words: string[]) => ({
    executable: await tree.programOfAda(...words),
    env: { ...desktop.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ES_HOME: home.home, ES_JAVA_HOME: home.java },
    account: desktop.account,
    hostile: false,
  })
  const format = '--showformat=${Version} ${db:Status-Status}'
  const installed = () => tree.asRoot('dpkg-query', '--show', format, 'firstnode')
  /** 401: it runs, and asks for a password */
  const nodeAnswers = () =>
    curlStatus(`https://localhost:${ports.http}`, join(home.home, 'config', 'certs', 'http_ca.crt'), 'wrong')

  test('apt installs the deb with everything it needs', async () => {
    await tree.asRoot('apt-get', 'install', '-y', '-qq', '--no-install-recommends', firstDeb, 'libglib2.0-bin')
    expect(await installed()).toMatch(/^\d+\.\d+\.\d+ installed$/)
    const libraries = await tree.asRoot('ldd', '/usr/lib/firstnode/firstnode')
    expect(libraries.split('\n').filter((line) => line.includes('not found'))).toEqual([])
  })

  test('its entry on the desktop opens the window', async () => {
    const { executable, env } = await asAda('gio', 'launch', '/usr/share/applications/firstnode.desktop')
    // The window keeps what it is given as its output: nothing waits for its end.
    expect(await run(executable, [], { env: { ...process.env, ...env }, stdio: 'ignore' })).toBe(0)
    const onDesktop = { env: { ...process.env, ...desktop.env } }
    const xprop = (...words: string[]) => execute('xprop', words, onDesktop).then(({ stdout }) => stdout)
    const windows = async () => {
      const ids = (await xprop('-root', '_NET_CLIENT_LIST')).match(/0x[0-9a-f]+/g) ?? []
      return Promise.all(ids.map((id) => xprop('-id', id, 'WM_CLASS', '_NET_WM_NAME', '_NET_WM_PID').catch(() => '')))
    }
    await expect.poll(windows, { interval: 500 }).toEqual([expect.stringContaining(`"${firstHeading} · Firstnode"`)])
    const [said = ''] = await windows()
    expect(said).toContain('WM_CLASS(STRING) = "firstnode", ')
    const pid = Number(/_NET_WM_PID.* = (\d+)/.exec(said)?.[1])
    process.kill(pid)
    while (isAlive(pid)) await pause(100)
  })

  test('root is refused, in words', async () => {
    const refused = 'ended with 77: The Firstnode window does not run as root'
    await expect(tree.asRoot('firstnode', '--no-sandbox')).rejects.toThrow(refused)
  })

  test('where the system forbids user namespaces, the set-uid helper gives pages their sandbox', async () => {
    expect(await startAndLook(await asAda('firstnode', '--disable-namespace-sandbox'))).toBe(firstHeading)
  })

  test('it sets up a node', async () => {
    started = await startAndStay(await asAda('firstnode'))
    expect(started.heading).toBe(firstHeading)
    const page = pageByDebugger(started.chromium)
    await page.choose(basename(dirname(home.home)))
    await page.press(/^Set up/)
    await page.heading(/^Review the changes$/)
    await page.press(/Advanced options/)
    await page.fill('HTTP port', String(ports.http))
    await page.fill('Transport port', String(ports.transport))
    await page.fill('Heap size', '512m')
    await page.says(new RegExp(`https:..localhost:${ports.http}`))
    await page.says(/heap will be 512m/)
    await page.press(/^Write/)
    await page.heading(/^Elasticsearch is running, and secured$/)
    expect(await nodeAnswers()).toBe(401)
  })

  test('an upgrade leaves the open window and the node running', async () => {
    const before = await nodesProcess(home)
    await tree.asRoot('apt-get', 'install', '-y', '-qq', laterDeb)
    expect(await installed()).toBe(`${nextVersion} installed`)
    await pageByDebugger(started.chromium).heading(/^Elasticsearch is running, and secured$/)
    await started.end()
    expect(await nodesProcess(home)).toBe(before)
    expect(await nodeAnswers()).toBe(401)
  })

  test('the upgraded one starts', async () => {
    expect(await startAndLook(await asAda('firstnode'))).toMatch(/./)
  })

  test('removing it leaves the node, and of its own files only what Ada\'s own folder has', async () => {
    const before = await nodesProcess(home)
    await tree.asRoot('apt-get', 'purge', '-y', '-qq', 'firstnode')
    expect(await nodesProcess(home)).toBe(before)
    expect(await nodeAnswers()).toBe(401)
    // From outside, where nothing of this machine is mounted into the tree.
    const find = async (...what: string[]) => {
      const words = [tree.folder, '-path', '*/var/cache/apt', '-prune', '-o', ...what, '-print']
      const { stdout } = await execute('find', words)
      return stdout.trim().split('\n').map((path) => path.slice(tree.folder.length))
    }
    const left = [...(await find('-iname', '*firstnode*')), ...(await find('-uid', String(desktop.account?.uid)))]
    expect(left).toContain('/home/ada/.config/Firstnode')
    expect(left.filter((path) => !ofPersons.test(path))).toEqual([])
  })

  test('the tar.gz starts where it was unpacked', async () => {
    const unpack = await tree.programOfAda('tar', '--extract', '--directory=/home/ada', '--file')
    await execute(unpack, [unpackable])
    const name = (await readdir(join(tree.folder, 'home', 'ada'))).find((entry) => entry.startsWith('Firstnode-'))
    expect(await startAndLook(await asAda(`/home/ada/${name}/firstnode`))).toMatch(/./)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The number of the process that Firstnode started for the node, which must be alive. */
async function nodesProcess({ home }: FreshHome): Promise<number> {
  const record = await readNodeRecord(join(home, 'config'))
  expect(record?.node.pid).toSatisfy(isAlive)
  return record?.node.pid ?? 0
}
