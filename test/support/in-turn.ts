import { test } from 'vitest'
import type { PracticeVersion } from './fresh-home.ts'

/** Everything on both versions: `npm run test:long`. */
export const long = process.env.FIRSTNODE_LONG !== undefined

const notNow = ((): void => undefined) as unknown as typeof test

/**
 * What costs a whole start and tells little more on the second version takes the versions in turn in `npm test`, and both in `npm run test:long`:
 * `onlyOn(version)('9.4.3')` is `test` where `version` is that one, or where both are wanted.
 */
export function onlyOn(version: PracticeVersion): (wanted: PracticeVersion) => typeof test {
  return (wanted) => (long || version === wanted ? test : notNow)
}

/** `versions` in `npm run test:long`, the first of them in `npm test`. */
export function firstOf(...versions: readonly PracticeVersion[]): readonly PracticeVersion[] {
  return long ? versions : versions.slice(0, 1)
}
