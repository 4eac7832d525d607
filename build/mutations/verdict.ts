import type { Outcome } from './run-tests.ts'

/** What became of a mutant, with a sentence for the table; `killed` only where a test of it failed, or it ran out of time. */
export interface Verdict {
  readonly killed: boolean
  readonly sentence: string
}

/** A mutant that breaks the tests themselves has shown nothing: nobody would have met it. */
export function verdictOf(outcome: Outcome): Verdict {
  if (outcome === 'out of time') return { killed: true, sentence: 'killed by the time limit' }
  const [first, ...more] = outcome.failed
  if (first !== undefined) return { killed: true, sentence: `killed by "${first}"${more.length === 0 ? '' : ` and ${more.length} more`}` }
  if (outcome.outside.length > 0) return { killed: false, sentence: `BROKEN: fails outside of any test: ${outcome.outside[0]?.split('\n')[0] ?? ''}` }
  if (outcome.passed.length === 0) return { killed: false, sentence: 'BROKEN: no test ran' }
  return { killed: false, sentence: 'SURVIVES' }
}

/** Why tests prove nothing of mutants, as they fail without any, or are not there; null where they pass. `titles`: those that must have run. */
export function whyNotSound(outcome: Outcome, titles: readonly string[] = []): string | null {
  if (outcome === 'out of time') return 'they did not end in time'
  const missing = titles.filter((title) => !outcome.passed.includes(title))
  const faults = [...outcome.failed.map((title) => `failed: ${title}`), ...outcome.outside, ...missing.map((title) => `did not pass: ${title}`)]
  if (faults.length > 0) return [...new Set(faults)].join('\n  ')
  return outcome.passed.length === 0 ? 'none ran' : null
}
