import { startableHere, packedIn } from '../package/packed.ts'
import { inRoot } from '../root.mjs'
import { add, nothing, type Tally, yesOrNo } from './tally.ts'

export interface Runs {
  /** Runs a script to its end and gives its exit status. */
  tool(words: readonly string[]): Promise<number>
  /** Runs the desktop's tests on the application whose executable is named; null: they were not asked for. */
  readonly desktop: ((executable: string) => Promise<Tally>) | null
  /** Runs the tests of the packages for Linux; null: they were not asked for, or this is another system. */
  readonly packages: (() => Promise<Tally>) | null
}

/**
 * Packs the desktop application for this machine, runs the desktop's tests on the twin that Playwright can start, and then looks at what is released: its
 * fuses, that its application is the twin's, and that it starts. On Linux the packages are checked, and installed in trees of Debian.
 */
export async function runPacked(runs: Runs): Promise<Tally> {
  if ((await runs.tool([inRoot('build', 'package.mjs')])) !== 0) return failed('the desktop application could not be packed')
  const twin = startableHere(packedIn(inRoot('dist', 'twin')))
  if (twin === null) return failed('no twin was packed that this machine can start')
  const driven = runs.desktop === null ? nothing : await runs.desktop(twin.executable)
  const checked = add(driven, yesOrNo(await runs.tool([inRoot('build', 'package', 'main.ts'), 'check'])))
  return runs.packages === null ? checked : add(checked, await runs.packages())
}

function failed(reason: string): Tally {
  return { passed: 0, failed: 1, reasons: [reason] }
}
