import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../../build/build.mjs'
import { nodeExecutable } from '../../../build/node-runtime.mjs'
import { inRoot } from '../../../build/root.mjs'

let folder: string
beforeAll(async () => {
  await ensureBuilt(['cli', 'electron', 'renderer'])
  folder = await mkdtemp(join(tmpdir(), 'firstnode-loads-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The files of the built command line that a call loads, without what makes their names unique; as Node's coverage names them. */
async function filesOf(...args: string[]): Promise<string[]> {
  const coverage = await mkdtemp(join(folder, 'coverage-'))
  const env = { ...process.env, FIRSTNODE_CACHE: folder, NODE_V8_COVERAGE: coverage }
  await promisify(execFile)(nodeExecutable(), [inRoot('dist', 'cli', 'main.js'), ...args], { env }).catch((thrown: { stdout?: string }) => {
    if (thrown.stdout === undefined) throw thrown
  })
  const reports = await Promise.all((await readdir(coverage)).map((name) => readFile(join(coverage, name), 'utf8')))
  const urls = reports.flatMap((text) => (JSON.parse(text) as { result: { url: string }[] }).result.map(({ url }) => url))
  return [...new Set(urls.filter((url) => url.startsWith('file:')).map((url) => basename(url).replace(/(-[\w-]{8})?\.js$/, '')))].toSorted()
}

const always = ['keep-compiled', 'main']

test('--version loads no command, nothing of the engine and no schema', async () => {
  expect(await filesOf('--version')).toEqual(always)
})

test('the help of a command loads that command alone', async () => {
  const files = await filesOf('stop', '--help')
  expect(files).toEqual(expect.arrayContaining([...always, 'stop', 'help-page']))
  expect(files.filter((name) => ['router', 'token', 'up', 'check'].includes(name))).toEqual([])
})

test('what a call does not need of Node is not loaded for it', async () => {
  const told = `process.on('exit', () => process.stderr.write(JSON.stringify(process.moduleLoadList)))`
  const { stderr } = await promisify(execFile)(nodeExecutable(), ['--import', `data:text/javascript,${encodeURIComponent(told)}`, inRoot('dist', 'cli', 'main.js'), '--version'], {
    env: { ...process.env, FIRSTNODE_CACHE: folder },
  })
  const loaded = JSON.parse(stderr) as string[]
  expect(loaded.length).toBeGreaterThan(10)
  expect(loaded.filter((name) => /\b(_http_\w+|https?|tls|_tls_\w+|crypto|child_process|zlib|undici)$/.test(name))).toEqual([])
})

test('the window opens, and its page paints, without the engine, its schemas and its wire', async () => {
  const loaded = new Map<string, string>()
  const load = async (name: string): Promise<void> => {
    if (loaded.has(name)) return
    const text = await readFile(inRoot('dist', 'electron', name), 'utf8')
    loaded.set(name, text)
    for (const [, next = ''] of text.matchAll(/^import [^;]*"\.\/([^"]+)";$/gm)) await load(next)
  }
  await load('main.js')
  const code = [...loaded.values()].join('\n')
  expect(code).toContain('openWindow')
  for (const part of ['function createEngine', 'ZodObject', 'class RPCHandler']) expect(code).not.toContain(part)
})

test('the document of the page has something to paint before any code of it is read', async () => {
  const html = await readFile(inRoot('dist', 'renderer', 'index.html'), 'utf8')
  expect(html).toMatch(/<span class="brand-name">Firstnode<\/span>/)
  const entry = /<script [^>]*src="\/?(assets\/[^"]+)"/.exec(html)?.[1] ?? ''
  expect((await readFile(inRoot('dist', 'renderer', entry), 'utf8')).length).toBeLessThan(5000)
})
