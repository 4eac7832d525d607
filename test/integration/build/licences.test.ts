import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { inRoot } from '../../../build/root.mjs'

// What goes into a build is asked of its source maps, which know nothing of how the list of licences is made.
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-maps-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

async function built(part: string): Promise<string> {
  const out = join(folder, part)
  if (part === 'renderer') await build({ configFile: inRoot('build', 'vite.config.ts'), logLevel: 'error', build: { outDir: out, emptyOutDir: true, sourcemap: true } })
  else await promisify(execFile)(process.execPath, [inRoot('build', 'make-program.mjs'), part, out, 'maps'])
  return out
}

/** `name version` of each package that the source maps of a build name. */
function packagesInMaps(out: string): Set<string> {
  const maps = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js.map'))
  const sources = maps.flatMap((file) => (JSON.parse(readFileSync(join(out, file), 'utf8')) as { sources: string[] }).sources.map((source) => resolve(dirname(join(out, file)), source)))
  const folders = sources.flatMap((source) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(source)?.[0] ?? [])
  return new Set(
    [...new Set(folders)].map((at) => {
      const { name, version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Licence
      return `${name} ${version}`
    }),
  )
}

test.each(['renderer', 'host', 'cli'])('every package that went into %s is listed with the text of its licence, and nothing else is', async (part) => {
  const out = await built(part)
  const listed = JSON.parse(readFileSync(join(out, 'licences.json'), 'utf8')) as Licence[]
  const names = listed.map(({ name, version }) => `${name} ${version}`)
  const shipped = packagesInMaps(out)
  expect(shipped.size).toBeGreaterThan(10)
  expect([...shipped].filter((name) => !names.includes(name))).toEqual([])
  // The bundlers' own helpers have no place in a map, nor has what lies beside a program as a file of its own.
  const beside = part === 'renderer' ? /^(rolldown|vite) / : /^(rolldown|vite|openpgp) /
  expect(names.filter((name) => !shipped.has(name) && !beside.test(name))).toEqual([])
  expect(listed.filter(({ licence, text }) => licence === '' || text.length < 200).map(({ name }) => name)).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('the built command line lists what is in every part that lies beside it, the page included', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [inRoot('dist', 'cli', 'main.js'), 'about', '--licences', '--json'], { maxBuffer: 1 << 24 })
  const { licences } = JSON.parse(stdout) as { licences: Licence[] }
  const parts = ['renderer', 'host', 'cli'].flatMap((part) => JSON.parse(readFileSync(inRoot('dist', part, 'licences.json'), 'utf8')) as Licence[])
  const names = new Set(licences.map(({ name }) => name))
  expect([...names]).toEqual(expect.arrayContaining(['react', 'ws', 'zod']))
  expect(parts.filter(({ name }) => !names.has(name))).toEqual([])
})
