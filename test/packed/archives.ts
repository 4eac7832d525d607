import { globSync } from 'node:fs'
import { inRoot } from '../../build/root.mjs'

/** The deb that `npm run package` made here. */
export const deb = (): string => onlyOne('*.deb')

/** The tar.gz that `npm run package` made here. */
export const tarball = (): string => onlyOne('*.tar.gz')

function onlyOne(pattern: string): string {
  const [found, ...more] = globSync(pattern, { cwd: inRoot('dist', 'package') })
  if (found === undefined || more.length > 0) {
    throw new Error(`One ${pattern} was expected in dist/package: npm run package`)
  }
  return inRoot('dist', 'package', found)
}
