import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PracticeVersion } from '../support/fresh-home.ts'
import { configurations } from './configurations.ts'
import type { StockAnswer } from './stock.ts'

/** What stock answered, by version and name of the configuration; made by `npm run test:oracle`. */
export type Recorded = Record<PracticeVersion, Record<string, StockAnswer>>

const file = join(import.meta.dirname, 'recorded.json')

export async function readRecorded(): Promise<Recorded> {
  return JSON.parse(await readFile(file, 'utf8')) as Recorded
}

/** Writes the answers, newest version first, in the order of the table; what is no longer in the table goes. */
export async function writeRecorded(recorded: Recorded): Promise<void> {
  const ordered = { '9.4.3': inOrder(recorded['9.4.3']), '8.16.6': inOrder(recorded['8.16.6']) } satisfies Recorded
  const beside = `${file}.${process.pid}`
  await writeFile(beside, `${JSON.stringify(ordered, null, 2)}\n`)
  await rename(beside, file)
}

function inOrder(answers: Record<string, StockAnswer>): Record<string, StockAnswer> {
  const known = configurations.map(({ name }) => [name, answers[name]] as const)
  return Object.fromEntries(known.filter((entry): entry is [string, StockAnswer] => entry[1] !== undefined))
}
