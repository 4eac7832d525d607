import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './root.mjs'

/**
 * A digest of the content of sources, so that a build is repeated when a source changed and not when a checkout touched it.
 * @param {readonly string[]} sources files and folders of the checkout; tests in them do not count
 * @param {(...parts: string[]) => string} [at]
 * @returns {string}
 */
export function stampOf(sources, at = inRoot) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesOf(source, at)).sort()) {
    hash.update(`${file.replaceAll('\\', '/')}\0`).update(readFileSync(at(file))).update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} path @param {(...parts: string[]) => string} at @returns {string[]} */
function filesOf(path, at) {
  if (!existsSync(at(path))) return []
  if (!statSync(at(path)).isDirectory()) return [path]
  return readdirSync(at(path), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name), at) : [join(path, entry.name)]))
    .filter((file) => !/\.test\.tsx?$/.test(file))
}
