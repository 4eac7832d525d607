import type { PreflightReport } from '../shared/contract/preflight.ts'
import type { ExitCode } from '../shared/problems/catalogue.ts'
import { problems } from '../shared/problems/problem.ts'

const verdictExits = { ready: 0, skipped: 10, blocked: 11, running: 0 } as const

/** Exit codes that are not an error but an answer: the verdict of `check`. A node that runs is fine where it is secured. */
export function exitOfVerdict({ verdict, running }: Pick<PreflightReport, 'verdict' | 'running'>): number {
  return running?.secured === false ? verdictExits.skipped : verdictExits[verdict]
}

/** How `status` ends where a certificate expires within the days that were asked about: an answer as well. */
export const certificateExit = 12

/** What each exit code means, in the words of `--help`. */
export const exitMeanings: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'a fault of Firstnode itself',
  2: 'the command line is wrong',
  3: 'refused; nothing was changed',
  4: 'begun and failed; everything was put back, or waits for the next up',
  5: 'another Firstnode is at work on this home',
  6: 'the cluster did not answer, or did not accept',
  10: 'skipped: Elasticsearch would start, or runs, without configuring security',
  11: 'blocked: Elasticsearch could not start here',
  12: 'a certificate expires within the days given with --certificate-days',
  130: 'cancelled with Ctrl-C (143: by SIGTERM); everything was put back',
}

/** How a command ends with the problem `code`. A code travels through the contract, its exit does not: the catalogue knows it. */
export function exitOf(code: string): ExitCode {
  const words = Object.hasOwn(problems, code) ? problems[code as keyof typeof problems] : undefined
  if (words === undefined) return 1
  return (words as (known: unknown) => { exit: ExitCode })(anything).exit
}

/** Stands for whatever an entry of the catalogue wants to know: its words are thrown away here, only its exit is wanted. */
const anything: unknown = new Proxy(() => undefined, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : key === Symbol.iterator ? () => [][Symbol.iterator]() : anything),
  apply: () => anything,
})
