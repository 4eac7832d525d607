// Bundles a program of ours, or those of the npm package: node build/make-program.mjs host|cli|npm FOLDER
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import { endWithReason } from './end-with.mjs'
import { inRoot } from './root.mjs'

/** What is bundled into one folder, by the name of its file there: programs that are shipped together share what both need. */
const programs = /** @type {Record<string, Record<string, string>>} */ ({
  host: { main: 'browser/main.ts' },
  cli: { main: 'cli/main.ts' },
  npm: { host: 'browser/main.ts', cli: 'cli/main.ts' },
})
const name = process.argv[2] ?? ''
const folder = process.argv[3] ?? inRoot('dist', name)
const entries = Object.entries(programs[name] ?? {})
const nothing = '\0nothing'

await endWithReason(build({
  cwd: inRoot(),
  input: Object.fromEntries(entries.map(([file, source]) => [file, inRoot(source)])),
  platform: 'node',
  logLevel: 'warn',
  transform: { target: 'node20', define: { 'process.env.NODE_ENV': '"production"' } },
  // The cluster client can give answers as Arrow tables: 5 MB for what nobody asks for here.
  plugins: [
    {
      name: 'without-arrow',
      resolveId: (id) => (id.startsWith('apache-arrow') ? nothing : null),
      load: (id) => (id === nothing ? 'export {}' : null),
    },
  ],
  output: {
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    minify: { compress: true, mangle: false, codegen: false },
  },
}))

// The folder stands on its own: what lies in it are modules, whatever stands above.
writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
for (const [file] of entries) chmodSync(join(folder, `${file}.js`), 0o755)
