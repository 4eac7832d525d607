// Around `npm pack`: node build/npm/pack.mjs before|after
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ensureBuilt } from '../build.mjs'
import { endWith } from '../end-with.mjs'
import { inRoot } from '../root.mjs'
import { packageManifest } from './manifest.mjs'

/** npm packs the folder it is called in, and these two there are for developers: while it packs, those of the package lie in their place. */
const exchanged = ['README.md', 'package.json']

await endWith(async () => {
  if (process.argv[2] === 'after') putBack()
  else {
    await ensureBuilt(['renderer', 'npm'])
    exchange()
  }
  return 0
})

function exchange() {
  const manifest = `${JSON.stringify(packageManifest(JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))), null, 2)}\n`
  for (const name of exchanged) put(kept(name), readFileSync(inRoot(name)))
  put(inRoot('README.md'), readFileSync(inRoot('build', 'npm', 'readme.md')))
  put(inRoot('package.json'), manifest)
}

function putBack() {
  for (const name of exchanged) put(inRoot(name), readFileSync(kept(name)))
  rmSync(dirname(kept('package.json')), { recursive: true })
}

/** @param {string} name */
function kept(name) {
  return inRoot('dist', '.while-packing', name)
}

/** Nobody who reads a file meanwhile finds half of it. @param {string} path @param {string | Buffer} content */
function put(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, content)
  renameSync(beside, path)
}
