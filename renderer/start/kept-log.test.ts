import { expect, test } from 'vitest'
import type { LogLine } from '../../shared/contract/setup.ts'
import { addLines, emptyLog, mostLines, rowsInSight } from './kept-log.ts'

const line = (at: number, explains = false): LogLine => ({ at, level: 'INFO', text: `line ${at}`, explains })

test('a line that explains the failure takes the place of the one it marks', () => {
  const log = addLines(addLines(emptyLog, { lines: [line(1), line(2), line(3)], dropped: 0 }), { lines: [line(2, true)], dropped: 0 })
  expect(log.lines.map(({ at, explains }) => [at, explains])).toEqual([[1, false], [2, true], [3, false]])
})

test('the oldest lines go, and are counted', () => {
  const log = addLines(emptyLog, { lines: Array.from({ length: mostLines + 5 }, (_, at) => line(at)), dropped: 7 })
  expect(log.lines).toHaveLength(mostLines)
  expect(log.lines[0]?.at).toBe(5)
  expect(log.dropped).toBe(12)
})

test('only the rows in sight are drawn', () => {
  expect(rowsInSight({ scrollTop: 1000, height: 200, row: 20, count: 2000 })).toEqual({ from: 42, to: 68 })
  expect(rowsInSight({ scrollTop: 0, height: 200, row: 20, count: 3 })).toEqual({ from: 0, to: 3 })
})
