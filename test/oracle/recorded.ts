import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PracticeVersion } from '../support/fresh-home.ts'
import type { StockAnswer } from './stock.ts'

/** What stock answered, by version and name of the configuration; made by `npm run test:oracle`. */
export type Recorded = Record<PracticeVersion, Record<string, StockAnswer>>

const file = join(import.meta.dirname, 'recorded.json')

export async function readRecorded(): Promise<Recorded> {
  return JSON.parse(await readFile(file, 'utf8')) as Recorded
}

/** Writes the answers, newest version first, in the order of the table. */
export async function writeRecorded(recorded: Recorded): Promise<void> {
  const ordered = { '9.4.3': recorded['9.4.3'], '8.16.6': recorded['8.16.6'] } satisfies Recorded
  await writeFile(file, `${JSON.stringify(ordered, null, 2)}\n`)
}
