// Bundles a program of ours: node build/make-program.mjs host|cli FOLDER
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import { endWithReason } from './end-with.mjs'
import { inRoot } from './root.mjs'

const entries = /** @type {Record<string, string>} */ ({ host: 'browser/main.ts', cli: 'cli/main.ts' })
const name = process.argv[2] ?? ''
const folder = process.argv[3] ?? inRoot('dist', name)
const nothing = '\0nothing'

await endWithReason(build({
  cwd: inRoot(),
  input: { main: inRoot(entries[name] ?? '') },
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
chmodSync(join(folder, 'main.js'), 0o755)
