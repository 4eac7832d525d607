import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { inRoot } from '../root.mjs'
import { oldestNode, packageManifest } from './manifest.mjs'

type Version = readonly [major: number, minor: number]

const shipped = ['shared', 'engine', 'browser', 'cli'].flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: inRoot() })).filter((file) => !file.endsWith('.test.ts'))
const oldest: Version = versionIn(oldestNode)

/** Each is asked for before it is used. */
const optional = ['crypto.hash', 'zlib.crc32']

test('what is shipped uses nothing of the language that came after ES2023, which the oldest Node knows whole', async () => {
  const tsc = [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--project', inRoot('build', 'npm', 'oldest-node.tsconfig.json')]
  const said = await promisify(execFile)(process.execPath, tsc).then(({ stdout }) => stdout, (failed: { stdout: string }) => failed.stdout)
  expect(said).toBe('')
}, 120_000)

test('what is shipped uses nothing of Node that came after the oldest that the npm package promises', () => {
  expect(packageManifest({ name: 'firstnode', version: '0.1.0', license: 'Apache-2.0' }).engines).toEqual({ node: `>=${oldestNode}` })
  expect(shipped.length).toBeGreaterThan(200)
  const newer = shipped.flatMap((file) => newerThanOldest(readFileSync(inRoot(file), 'utf8')).map((name) => `${file}: ${name}`))
  expect(newer.filter((line) => !optional.some((name) => line.endsWith(`: ${name}`)))).toEqual([])
})

test.each([
  ["import { globSync } from 'node:fs'", 'fs.globSync'],
  ["import {\n  join,\n  matchesGlob as matches,\n} from 'node:path'", 'path.matchesGlob'],
  ["import { glob } from 'node:fs/promises'", 'fs/promises.glob'],
  ["import * as crypto from 'node:crypto'\ncrypto.hash('sha256', '')", 'crypto.hash'],
  ["import module from 'node:module'\nmodule.registerHooks({})", 'module.registerHooks'],
])('%j is found to be newer', (source, name) => {
  expect(newerThanOldest(source)).toEqual([name])
})

test('what the oldest has is not found', () => {
  expect(newerThanOldest("import { readFile, type Stats } from 'node:fs'\nimport crypto from 'node:crypto'\ncrypto.createHash('sha256')\nimport { parseArgs } from 'node:util'")).toEqual([])
})

/** What a source takes from Node's modules, by import or as `module.name`, that Node's own documentation dates after the oldest. */
function newerThanOldest(source: string): string[] {
  return [...source.matchAll(/import (?!type )(?:\{([^}]*)\}|(?:\* as )?(\w+)) from 'node:([\w/]+)'/g)].flatMap(([, names, whole, module = '']) => {
    const used = whole === undefined ? namesIn(names ?? '') : [...source.matchAll(new RegExp(`(?<![\\w.])${whole}\\.(\\w+)`, 'g'))].map(([, name = '']) => name)
    return [...new Set(used)].filter((name) => isNewer(module, name)).map((name) => `${module}.${name}`)
  })
}

function namesIn(list: string): string[] {
  return list.split(',').map((one) => one.trim()).filter((one) => one !== '' && !one.startsWith('type ')).map((one) => one.split(' as ')[0] ?? one)
}

function isNewer(module: string, name: string): boolean {
  const since = sinceOf(module).get(name) ?? []
  return since.length > 0 && since.every(([major, minor]) => major > oldest[0] || (major === oldest[0] && minor > oldest[1]))
}

const read = new Map<string, ReadonlyMap<string, readonly Version[]>>()

/** Since when each name of a module is there: the versions that the documentation beside its declarations gives. */
function sinceOf(module: string): ReadonlyMap<string, readonly Version[]> {
  const known = read.get(module)
  if (known !== undefined) return known
  const file = inRoot('node_modules', '@types', 'node', `${module}.d.ts`)
  if (!existsSync(file)) throw new Error(`No types of node:${module} in ${file}`)
  const found = new Map<string, Version[]>()
  const declared = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export )?(?:(?:function|class|const|let|var|namespace) )?(\w+)/g
  for (const [, words = '', name = ''] of readFileSync(file, 'utf8').matchAll(declared)) {
    const since = /@since (v[\d.]+)/.exec(words)?.[1]
    if (since !== undefined) found.set(name, [...(found.get(name) ?? []), versionIn(since)])
  }
  read.set(module, found)
  return found
}

function versionIn(text: string): Version {
  const [major = 0, minor = 0] = text.replace('v', '').split('.').map(Number)
  return [major, minor]
}
