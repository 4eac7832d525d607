import { parseArgs } from 'node:util'
import { practiceVersions, type PracticeVersion } from '../support/fresh-home.ts'

export interface Asked {
  /** parts to measure; empty for all */
  readonly parts: readonly string[]
  readonly runs: number
  readonly version: PracticeVersion
  readonly help: boolean
}

/** Reads the arguments of `npm run bench`; throws a sentence where they are wrong. */
export function readArguments(argv: readonly string[], known: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      elasticsearch: { type: 'string', default: '9.4.3' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const strange = positionals.find((name) => !known.includes(name))
  if (strange !== undefined) throw new Error(`There is no part ${strange}. There are: ${known.join(', ')}.`)
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1 || runs > 100) throw new Error('--runs takes a number from 1 to 100.')
  const version = practiceVersions.find((one) => one === values.elasticsearch)
  if (version === undefined) throw new Error(`--elasticsearch takes one of ${practiceVersions.join(', ')}.`)
  return { parts: positionals, runs, version, help: values.help }
}
