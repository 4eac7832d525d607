import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stageApplication } from './stage.ts'

let folder: string
const at = (...parts: string[]) => join(folder, ...parts)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-stage-'))
  const files = {
    'package.json': '{"name":"firstnode","version":"1.2.3","description":"d","license":"Apache-2.0","dependencies":{"zod":"4"},"scripts":{"start":"x"},"private":true}',
    LICENSE: 'licence',
    'dist/electron/main.js': 'main',
    'dist/electron/preload.cjs': 'preload',
    'dist/renderer/index.html': 'page',
    'dist/renderer/assets/a.js': 'a',
    'dist/renderer/assets/a.js.gz': 'compressed',
    'dist/renderer/assets/a.js.map': 'map',
    'dist/host/main.js': 'of another host',
    'dist/.renderer.stamp': 'stamp',
    'engine/source.ts': 'source',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(at('checkout', name, '..'), { recursive: true })
    await writeFile(at('checkout', name), text)
  }
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function staged(repository: string | null): Promise<string[]> {
  await stageApplication({ checkout: at('checkout'), into: at('into'), repository })
  const entries = await readdir(at('into'), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(at('into').length + 1).replaceAll('\\', '/')).sort()
}

test('what is shipped is the built parts of the desktop, the licence and a package.json', async () => {
  await mkdir(at('into'))
  await writeFile(at('into', 'left-over'), 'of the last time')
  expect(await staged(null)).toEqual(['LICENSE', 'dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/renderer/assets/a.js', 'dist/renderer/index.html', 'package.json'])
})

test('its package.json names it, its first file and where it comes from, and nothing to install or run', async () => {
  await staged('someone/firstnode')
  expect(JSON.parse(await readFile(at('into', 'package.json'), 'utf8'))).toEqual({
    name: 'firstnode',
    productName: 'Firstnode',
    version: '1.2.3',
    description: 'd',
    license: 'Apache-2.0',
    type: 'module',
    main: 'dist/electron/main.js',
    author: 'The Firstnode authors',
    homepage: 'https://github.com/someone/firstnode',
    repository: { type: 'git', url: 'git+https://github.com/someone/firstnode.git' },
    desktopName: 'firstnode.desktop',
  })
})

test('for an Electron that loads no ES module as its main program, what was built for that is shipped in its place', async () => {
  await mkdir(at('checkout', 'dist', 'electron-commonjs'))
  await writeFile(at('checkout', 'dist', 'electron-commonjs', 'main.cjs'), 'main')
  await stageApplication({ checkout: at('checkout'), into: at('into'), repository: null, commonJs: true })
  expect(await readdir(at('into', 'dist', 'electron'))).toEqual(['main.cjs'])
  expect(JSON.parse(await readFile(at('into', 'package.json'), 'utf8'))).toMatchObject({ main: 'dist/electron/main.cjs' })
})

test('without what was built nothing is staged', async () => {
  await rm(at('checkout', 'dist', 'electron'), { recursive: true })
  await expect(staged(null)).rejects.toThrow('ENOENT')
})
