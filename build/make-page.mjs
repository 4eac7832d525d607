// Makes the page: node build/make-page.mjs renderer FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { endWithReason } from './end-with.mjs'
import { inRoot } from './root.mjs'

const folder = process.argv[3] ?? inRoot('dist', 'renderer')
await endWithReason(build({ configFile: inRoot('build', 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder } }))

// A page reached through an SSH tunnel may have a slow way to go.
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !['.js', '.css', '.svg'].includes(extname(entry.name))) continue
  const path = join(entry.parentPath, entry.name)
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }))
}
