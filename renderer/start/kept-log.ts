import type { LogLine } from '../../shared/contract/setup.ts'

/** More lines than these are not kept by the page. */
export const mostLines = 2000

/** What of a log the page holds: its newest lines, and how many older ones were left out. */
export interface KeptLog {
  readonly lines: readonly LogLine[]
  readonly dropped: number
}

export const emptyLog: KeptLog = { lines: [], dropped: 0 }

/** Adds lines as they come. A line that explains a failure is told a second time, marked: it takes the place of the first. */
export function addLines(log: KeptLog, event: { lines: readonly LogLine[]; dropped: number }): KeptLog {
  const lines = [...log.lines]
  for (const line of event.lines) {
    const before = line.explains ? lines.findLastIndex(({ at, text }) => at === line.at && text === line.text) : -1
    if (before >= 0) lines[before] = line
    else lines.push(line)
  }
  const over = Math.max(0, lines.length - mostLines)
  return { lines: over === 0 ? lines : lines.slice(over), dropped: log.dropped + event.dropped + over }
}

/** The rows in sight of a list of `count` equal rows, with a few beyond its edges. All in px. */
export function rowsInSight(view: { scrollTop: number; height: number; row: number; count: number }): { from: number; to: number } {
  const from = Math.max(0, Math.floor(view.scrollTop / view.row) - 8)
  return { from, to: Math.min(view.count, Math.ceil((view.scrollTop + view.height) / view.row) + 8) }
}
