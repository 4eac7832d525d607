import { test } from 'vitest'
import type { PracticeVersion } from './fresh-home.ts'
import { long } from './long.ts'

/** Declares one test: what `test` can do beside that is missing where it is not declared. */
type Declare = (name: string, body: () => Promise<void>, timeout?: number) => void
const notNow: Declare = () => undefined

/**
 * What costs a whole start and tells little more on the second version takes the versions in turn in `npm test`, and both in `npm run test:long`:
 * `onlyOn(version)('9.4.3')` is `test` where `version` is that one, or where both are wanted.
 */
export function onlyOn(version: PracticeVersion): (wanted: PracticeVersion) => Declare {
  return (wanted) => (long || version === wanted ? test : notNow)
}

/** A test that costs tens of seconds and tells of a by-way: in `npm run test:long` alone. */
export const lengthy: Declare = long ? test : notNow

/** All of them (versions, moments) in `npm run test:long`, the first in `npm test`. */
export function firstOf<const T>(...all: readonly T[]): readonly T[] {
  return long ? all : all.slice(0, 1)
}
