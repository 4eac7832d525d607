import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../../build/build.mjs'
import { oldestNode } from '../../../build/npm/manifest.mjs'
import { inRoot } from '../../../build/root.mjs'
import type { UpResult } from '../../../cli/hand-over.ts'
import { type Ended, json } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { curlStatus } from '../../cli/outside.ts'
import { launchChromium } from '../../page/chromium-context.ts'
import { copyCheckout, personsEnvironment } from '../../support/checkout-copy.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { type FreshHome, freshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { lengthy } from '../../support/in-turn.ts'
import { nodeOf } from '../../support/node-of.ts'

const execute = promisify(execFile)
const root = process.getuid?.() === 0

let folder: string
let checkout: string
let tarball: string
let prefix: string
/** where the package lies once it is installed */
let installed: string
/** what `npm pack` lays its own in place of, before and after it */
const exchanged: string[][] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-tarball-'))
  await chmod(folder, 0o755)
  checkout = join(folder, 'checkout')
  prefix = join(folder, 'Firstnode für 名 (1)')
  installed = join(prefix, 'lib', 'node_modules', 'firstnode')
  await ensureBuilt(['renderer', 'npm'])
  await copyCheckout(checkout)
  for (const part of ['renderer', 'npm', '.renderer.stamp', '.npm.stamp']) await cp(inRoot('dist', part), join(checkout, 'dist', part), { recursive: true })
  await symlink(inRoot('node_modules'), join(checkout, 'node_modules'))

  await mkdir(join(folder, 'packed'))
  exchanged.push(await contentOfExchanged())
  const { stdout } = await execute('npm', ['pack', '--pack-destination', join(folder, 'packed')], { cwd: checkout, env: personsEnvironment })
  exchanged.push(await contentOfExchanged())
  tarball = join(folder, 'packed', stdout.trim().split('\n').at(-1) ?? '')
  // With nothing in its cache and no registry to ask, npm has only what the tarball brings.
  const empty = await emptyHome('installing')
  await execute('npm', ['install', '--global', '--prefix', prefix, '--offline', '--no-update-notifier', tarball], { cwd: empty, env: { ...personsEnvironment, HOME: empty, npm_config_cache: join(empty, 'cache') } })
  await rm(checkout, { recursive: true })
  await execute('chmod', ['-R', 'a-w', prefix])
})
afterAll(async () => {
  await execute('chmod', ['-R', 'u+w', folder])
  await rm(folder, { recursive: true, force: true })
})

function contentOfExchanged(): Promise<string[]> {
  return Promise.all(['package.json', 'README.md'].map((name) => readFile(join(checkout, name), 'utf8')))
}

/** An empty folder, the home of whoever works in it. */
async function emptyHome(name: string, account: FreshHome['account'] | null = null): Promise<string> {
  const home = join(folder, name)
  await mkdir(home)
  if (account !== null) await chown(home, account.uid, account.gid)
  return home
}

test('the package is small, and holds what people use: no sources, tests, maps nor tools', async () => {
  const entries = await readdir(installed, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(installed, join(entry.parentPath, entry.name)))
  expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'build/npm/firstnode.cjs', 'dist/npm/cli.js', 'dist/npm/host.js', 'dist/npm/openpgp.mjs', 'dist/npm/elastic-release-key.asc', 'dist/renderer/index.html']))
  const wanted = [/^(package\.json|README\.md|LICENSE|build\/npm\/firstnode\.cjs)$/, /^dist\/npm\/([\w-]+\.json|[\w-]+\.js|parts\/[\w.-]+\.js|openpgp\.mjs|elastic-release-key\.asc)$/, /^dist\/renderer\/([\w-]+\.json|index\.html|assets\/[\w.-]+\.(js|css|svg|png|woff2)(\.gz)?)$/]
  expect(files.filter((file) => !wanted.some((pattern) => pattern.test(file)))).toEqual([])
  expect((await stat(tarball)).size).toBeLessThan(1_500_000)
})

test('its package.json depends on nothing and runs nothing when it is installed, and its README speaks of installing it', async () => {
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8')) as { version: string }
  expect(Object.keys(manifest).sort()).toEqual(['bin', 'description', 'engines', 'files', 'keywords', 'license', 'name', 'type', 'version'])
  expect(manifest).toMatchObject({ name: 'firstnode', version, license: 'Apache-2.0', engines: { node: `>=${oldestNode}` } })
  expect(await readFile(join(installed, 'README.md'), 'utf8')).toContain('npm install -g')
})

test('npm pack leaves the package.json and the README of the checkout as they were', () => {
  expect(exchanged[1]).toEqual(exchanged[0])
  expect(exchanged[0]?.[0]).toContain('"devDependencies"')
})

test('on a Node that is too old there is one clear sentence', async () => {
  const ended = await execute(await nodeOf('18'), [join(installed, 'build', 'npm', 'firstnode.cjs'), '--version']).then(
    () => null,
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
  expect(ended).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^Firstnode needs Node \d+\.\d+\.\d+ or newer; this is 18\.\d+\.\d+\.\n$/) as string })
})

const surroundings: readonly { node: string; version: PracticeVersion; who: 'root' | 'an ordinary user' }[] = [
  { node: oldestNode, version: '8.16.6', who: root ? 'root' : 'an ordinary user' },
  { node: '24', version: '9.4.3', who: 'an ordinary user' },
]

describe.each(surroundings)('installed with Node $node, by $who', ({ node, version, who }) => {
  let fresh: FreshHome
  let home: string
  let path: string
  let as: { uid?: number; gid?: number }
  const running: ChildProcess[] = []

  beforeAll(async () => {
    fresh = await freshHome(version)
    as = root && who !== 'root' ? fresh.account : {}
    home = await emptyHome(`home with ${node}`, root && who !== 'root' ? fresh.account : null)
    // A folder of its own, which any account may enter: the checkout may lie where others may not look.
    const folderOfNode = join(folder, `node-${node}`)
    await mkdir(folderOfNode)
    await copyFile(await nodeOf(node), join(folderOfNode, 'node'))
    path = [folderOfNode, join(prefix, 'bin'), '/usr/bin', '/bin'].join(':')
  })
  afterAll(async () => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
    await firstnode(['stop', '--home', fresh.home])
    await fresh.remove()
  })

  function begin(args: readonly string[], env: Record<string, string> = {}): { child: ChildProcess; said: { out: string; err: string }; ended: Promise<Ended> } {
    const child = spawn(join(prefix, 'bin', 'firstnode'), args, {
      cwd: home,
      env: { PATH: path, HOME: home, ES_JAVA_HOME: fresh.java, ES_JAVA_OPTS: process.env.ES_JAVA_OPTS, ES_HOME: fresh.home, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...as,
    })
    running.push(child)
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
    const ended = new Promise<Ended>((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, ...said })))
    return { child, said, ended }
  }
  const firstnode = (args: readonly string[], env?: Record<string, string>): Promise<Ended> => begin(args, env).ended

  test('firstnode says its version and what it can do', async () => {
    const { stdout } = await execute('node', ['--version'], { env: { PATH: path } })
    expect(stdout).toMatch(new RegExp(`^v${node}(\\.|\n)`))
    expect(await firstnode(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, err: '' })
    const help = await firstnode(['--help'])
    expect(help.code).toBe(0)
    expect(help.out).toMatch(/\n {2}up /)
    expect(help.out).toMatch(/\n {2}wizard /)
  })

  lengthy('check, up and undo: a node whose credentials curl accepts, and then the home as it was', async () => {
    const before = await folderTree(fresh.home)
    expect(json(await firstnode(['check', '--home', fresh.home, '--json']))).toMatchObject({ verdict: 'ready' })
    const { http, transport } = await freePorts()
    const up = json(await firstnode(['up', '--home', fresh.home, '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--json'])) as UpResult
    expect(await curlStatus(up.url, up.caCertificate!, up.password!)).toBe(200)
    const undone = await firstnode(['undo', '--home', fresh.home, '--yes', '--json'], { ELASTIC_PASSWORD: up.password! })
    expect({ code: undone.code, err: undone.err }).toMatchObject({ code: 0 })
    expect(await folderTree(fresh.home)).toEqual(before)
  })

  test('firstnode wizard serves a page that finds homes, offers no practice copy, and ends with Ctrl-C', async () => {
    const wizard = begin(['wizard', '--no-open'])
    const address = () => /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/.exec(wizard.said.out)?.[0] ?? null
    await expect.poll(() => address() ?? wizard.said.err).toMatch(/^http:/)
    let browser: Browser | null = null
    try {
      browser = await launchChromium()
      const page = await browser.newPage()
      await page.goto(address() ?? '')
      await page.getByRole('radio', { name: new RegExp(dirname(fresh.home).split('/').at(-1) ?? '') }).waitFor({ state: 'attached' })
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Which Elasticsearch?')
      expect(await page.getByText(/^(Practice copy of Elasticsearch|No practice copy)/).count()).toBe(0)
    } finally {
      await browser?.close()
    }
    wizard.child.kill('SIGINT')
    expect(await wizard.ended).toMatchObject({ code: 0, err: '' })
  })

  test('firstnode wizard --json is one value with an address that answers, and a refusal is one as well', async () => {
    const wizard = begin(['wizard', '--no-open', '--json'])
    await expect.poll(() => wizard.said.out).toMatch(/\}\n$/)
    const { address, port } = JSON.parse(wizard.said.out) as { address: string; port: number }
    expect((await fetch(new URL(address).origin)).status).toBe(200)
    const refused = await firstnode(['wizard', '--no-open', '--port', String(port), '--json'])
    expect({ code: refused.code, answer: json(refused) }).toMatchObject({ code: 3, answer: { error: { code: 'host_port_taken' } } })
    wizard.child.kill('SIGTERM')
    expect(await wizard.ended).toMatchObject({ code: 0, err: '' })
  })
})
