// Bundles a program of ours, or those of the npm package:
// node build/make-program.mjs host|cli|electron|electron-commonjs|npm FOLDER [maps]
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import { endWithReason } from './end-with.mjs'
import { licencesBeside } from './licences.mjs'
import { inRoot } from './root.mjs'

/** What is bundled into one folder, by the name of its file there: programs that are shipped together share what both need. */
const programs = /** @type {Record<string, Record<string, string>>} */ ({
  host: { main: 'browser/main.ts' },
  cli: { main: 'cli/main.ts' },
  electron: { main: 'electron/main.ts' },
  'electron-commonjs': { main: 'electron/main.ts' },
  npm: { host: 'browser/main.ts', cli: 'cli/main.ts' },
})
const name = process.argv[2] ?? ''
const folder = process.argv[3] ?? inRoot('dist', name)
const entries = Object.entries(programs[name] ?? {})
/** The LGPL wants what is under it to be exchangeable: it is not bundled, but lies beside the program as its makers built it. */
const exchangeable = inRoot('node_modules', 'openpgp')

/** Electron before 28 loads no ES module as its main program, and the Node inside it lacks what the application uses. */
const commonJs = name === 'electron-commonjs'
const transform = {
  target: commonJs ? 'chrome114' : 'node20',
  define: { 'process.env.NODE_ENV': '"production"', ...(commonJs ? { 'import.meta.url': 'moduleUrl' } : {}) },
}
const commonJsBanner = () => `${readFileSync(inRoot('build', 'older-electron', 'missing-in-node-18.cjs'), 'utf8')}
const moduleUrl = require('node:url').pathToFileURL(__filename).href;`
/**
 * `import` of a module of Node reads all that it exports, what Node would load on demand among it: 40 ms for `node:http`, 20 ms for `node:tls`.
 * `require` reads what is used. No line moves.
 */
const builtInsOnDemand = {
  name: 'built-ins-on-demand',
  /** @param {string} code */
  renderChunk(code) {
    const line = /^import (?:([\w$]+)(?:, )?)?(?:\{ ([^}]*) \})?(?:\* as ([\w$]+))? from "(node:[\w/]+)";$/gm
    let any = false
    const changed = code.replace(line, (whole, whole1, names, all, module) => {
      if (module === 'node:module') return whole
      any = true
      const required = `builtIn("${module}")`
      const named = (names ?? '').replaceAll(' as ', ': ')
      return [...(whole1 ? [`const ${whole1} = ${required};`] : []), ...(all ? [`const ${all} = ${required};`] : []), ...(named ? [`const { ${named} } = ${required};`] : [])].join(' ')
    })
    if (!any) return null
    return { code: `import { createRequire as requireFrom } from "node:module"; const builtIn = requireFrom(import.meta.url);${changed}`, map: null }
  },
}

/** Electron is not known to keep what it compiled. */
const keepsCompiled = !name.startsWith('electron')
const keeping = inRoot('engine', 'system', 'compile-cache.ts')
const entryOf = (/** @type {string} */ source) => `entry:${source}`

/** What is loaded before Node is asked to keep what it compiles is compiled each time: the program comes after that. */
const entriesThatKeepCompiled = {
  name: 'entries-that-keep-compiled',
  /** @param {string} id */
  resolveId: (id) => (id.startsWith(entryOf('')) ? id : null),
  /** @param {string} id */
  load(id) {
    if (!id.startsWith(entryOf(''))) return null
    const [keep, program] = [keeping, inRoot(id.slice(entryOf('').length))].map((path) => JSON.stringify(path))
    return `#!/usr/bin/env node\nimport { keepCompiled } from ${keep}\nkeepCompiled()\nawait import(${program})`
  },
}

/**
 * The file of a module: what a program always loads is one, and so is what keeps it compiled, since each costs a look at the disk.
 * @param {string} id
 * @param {{getModuleInfo: (id: string) => {importedIds: readonly string[]} | null}} build
 */
function groupOf(id, build) {
  /** @type {(from: string) => Set<string>} */
  const reached = (from) => {
    const found = new Set([from])
    for (const one of found) for (const next of build.getModuleInfo(one)?.importedIds ?? []) found.add(next)
    return found
  }
  if (reached(keeping).has(id)) return 'keep-compiled'
  // A program that waits for what it loads later (top-level `await`) may not be a part of what that needs.
  if (entries.some(([, source]) => inRoot(source) === id)) return null
  // What several programs of a folder always load lies in a file of its own.
  return entries.filter(([, source]) => reached(inRoot(source)).has(id)).map(([file]) => file).join('-and-') || null
}
const minify = { compress: true, mangle: false, codegen: false }

await endWithReason(build({
  cwd: inRoot(),
  input: Object.fromEntries(entries.map(([file, source]) => [file, keepsCompiled ? entryOf(source) : inRoot(source)])),
  external: ['electron', 'openpgp'],
  platform: 'node',
  logLevel: 'warn',
  preserveEntrySignatures: 'allow-extension',
  transform,
  plugins: [
    {
      // bcryptjs gives way to others every 100 ms; a window wants that oftener. A worker in its place would be a file of its own in every bundle, loaded from inside an archive.
      name: 'bcrypt-that-gives-way',
      transform(code, id) {
        if (!/[\\/]bcryptjs[\\/]index\.js$/.test(id)) return null
        const turn = 'var MAX_EXECUTION_TIME = 100;'
        if (!code.includes(turn)) throw new Error(`${id} does not say "${turn}" any more: how long it blocks is to be looked at anew.`)
        // No line moves: what maps there were stay true.
        return { code: code.replace(turn, 'var MAX_EXECUTION_TIME = 10;'), map: null }
      },
    },
    ...(commonJs ? [] : [builtInsOnDemand]),
    ...(keepsCompiled ? [entriesThatKeepCompiled] : []),
    licencesBeside({ copied: [exchangeable] }),
  ],
  output: {
    dir: folder,
    ...(commonJs ? { format: 'cjs', banner: commonJsBanner } : { format: 'esm' }),
    sourcemap: process.argv[4] === 'maps',
    entryFileNames: commonJs ? '[name].cjs' : '[name].js',
    // Beside the program: what a module finds by its own place is found from any of them.
    chunkFileNames: commonJs ? '[name]-[hash].cjs' : '[name]-[hash].js',
    minify,
    ...(keepsCompiled ? { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: groupOf, debugName: 'what a program always loads' }] } } : {}),
  },
}))

copyFileSync(join(exchangeable, 'dist', 'node', 'openpgp.min.mjs'), join(folder, 'openpgp.mjs'))
copyFileSync(inRoot('engine', 'download', 'elastic-release-key.asc'), join(folder, 'elastic-release-key.asc'))

// A sandboxed preload is one file of CommonJS, which may ask for `electron` and nothing else.
if (name.startsWith('electron')) {
  await endWithReason(build({
    cwd: inRoot(),
    input: inRoot('electron', 'preload.ts'),
    external: ['electron'],
    platform: 'browser',
    logLevel: 'warn',
    transform,
    output: {
      file: join(folder, 'preload.cjs'),
      format: 'cjs',
      minify,
      // Electron before 29 has the path at the file itself.
      ...(commonJs ? { banner: "require('electron').webUtils ??= { getPathForFile: (file) => file.path }" } : {}),
    },
  }))
}

// The folder stands on its own: what lies in it are modules, whatever stands above.
writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
for (const [file] of entries) chmodSync(join(folder, `${file}.${commonJs ? 'cjs' : 'js'}`), 0o755)
