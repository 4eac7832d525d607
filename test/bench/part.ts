import type { PracticeVersion } from '../support/fresh-home.ts'

export type Unit = 'ms' | 'MB' | 'KB'

/** What a figure should be at most: a ratio to another measure of the part, or a value in the measure's own unit. */
export interface Goal {
  readonly most: number
  /** id of the measure it is a ratio to */
  readonly of?: string
  /** what limits it, found by measuring; told only where the goal is missed */
  readonly limit: string
}

/** One thing that is measured, many times, in turn with the others of its part. */
export interface Measure {
  readonly id: string
  readonly what: string
  readonly unit: Unit
  readonly goals?: readonly Goal[]
  /** prepares, measures and clears up: one figure in `unit`. Only what belongs to the figure is within it. */
  take(): Promise<number>
}

/** A part that is ready to be measured. */
export interface OpenPart {
  readonly measures: readonly Measure[]
  readonly close: () => Promise<void>
}

export interface Part {
  readonly name: string
  readonly title: string
  /** what is compared, for who reads the figures */
  readonly about: string
  /** how many times a round of the run this part is measured: more where it is cheap and its figures scatter */
  readonly times: number
  /** ids of measures that are drawn below the table, as bars of one length scale */
  readonly drawn?: readonly string[]
  open(version: PracticeVersion): Promise<OpenPart>
}

/** For parts that need nothing held open. */
export const nothingToClose = (): Promise<void> => Promise.resolve()
