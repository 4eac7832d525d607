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
const nothing = '\0nothing'
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
const minify = { compress: true, mangle: false, codegen: false }

await endWithReason(build({
  cwd: inRoot(),
  input: Object.fromEntries(entries.map(([file, source]) => [file, inRoot(source)])),
  external: ['electron', 'openpgp'],
  platform: 'node',
  logLevel: 'warn',
  transform,
  // The cluster client can give answers as Arrow tables: 5 MB for what nobody asks for here.
  plugins: [
    {
      name: 'without-arrow',
      resolveId: (id) => (id.startsWith('apache-arrow') ? nothing : null),
      load: (id) => (id === nothing ? 'export {}' : null),
    },
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
    licencesBeside({ copied: [exchangeable] }),
  ],
  output: {
    dir: folder,
    ...(commonJs ? { format: 'cjs', codeSplitting: false, banner: commonJsBanner } : { format: 'esm' }),
    sourcemap: process.argv[4] === 'maps',
    entryFileNames: commonJs ? '[name].cjs' : '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    minify,
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
