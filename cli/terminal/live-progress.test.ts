import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Phase } from '../../shared/contract/setup.ts'
import { Screen } from '../../test/cli/screen.ts'
import { LiveProgress } from './live-progress.ts'
import { styleOf } from './style.ts'

const began = Date.UTC(2026, 0, 1)
const long = 'Four RSA keys of 4096 bits: two authorities, one key for HTTP, one for transport.'
const phase = (id: Phase['id'], title: string, state: Phase['state'], startedAt: number | null, ms: number | null): Phase => ({ id, title, detail: long, state, startedAt, ms })

function shownOn(columns = 80, env: Record<string, string> = {}) {
  const screen = new Screen(columns)
  return { screen, progress: new LiveProgress(screen, styleOf(screen, env, 'linux')) }
}

beforeEach(() => {
  vi.useFakeTimers({ now: began })
})
afterEach(() => {
  vi.useRealTimers()
})

test('the present phase ticks above a bar, finished ones stay above it', () => {
  const { screen, progress } = shownOn()
  progress.phases([phase('keys', 'Make keys', 'running', began, null), phase('files', 'Write files', 'waiting', null, null)])
  expect(screen.lines[0]).toMatch(/^ {2}⠋ Make keys {17} {6}0\.0 s {3}Four RSA keys.*…$/)
  expect(screen.lines[1]).toMatch(/^ {2}─{40} {2}0 of 2 {3}0\.0 s$/)
  vi.advanceTimersByTime(1500)
  expect(screen.lines[0]).toMatch(/ 1\.5 s /)
  progress.phases([phase('keys', 'Make keys', 'done', began, 1500), phase('files', 'Write files', 'running', began + 1500, null)])
  vi.advanceTimersByTime(300)
  expect(screen.lines[0]).toMatch(/^ {2}✓ Make keys +1\.5 s$/)
  expect(screen.lines[1]).toMatch(/Write files +0\.3 s {3}Four/)
  expect(screen.lines[2]).toMatch(/^ {2}━{20}─{20} {2}1 of 2 {3}1\.8 s$/)
  expect(screen.lines).toHaveLength(3)
  progress.end()
})

test('at the end only the finished phases are left and the cursor is back', () => {
  const { screen, progress } = shownOn()
  progress.phases([phase('keys', 'Make keys', 'running', began, null)])
  expect(screen.cursorShown).toBe(false)
  progress.phases([phase('keys', 'Make keys', 'done', began, 1200)])
  progress.end()
  expect(screen.cursorShown).toBe(true)
  expect(screen.lines.filter((line) => line !== '')).toHaveLength(1)
  const before = screen.lines.join('\n')
  vi.advanceTimersByTime(5000)
  expect(screen.lines.join('\n')).toBe(before)
})

test('a failed phase is marked as such', () => {
  const { screen, progress } = shownOn()
  progress.phases([phase('jvm', 'Start Java', 'failed', began, 700)])
  progress.end()
  expect(screen.lines[0]).toMatch(/^ {2}✗ Start Java/)
})

test.each([24, 40, 60, 80, 200])('nothing is wider than a terminal of %i columns, so nothing is broken', (columns) => {
  const { screen, progress } = shownOn(columns)
  progress.phases([phase('keys', 'Make keys 鍵を作る', 'running', began, null), phase('files', 'Write files', 'waiting', null, null)])
  progress.work({ text: 'Fetching a file with a very long name indeed, from far away', done: 400_000_000, total: 947_000_000, unit: 'bytes' })
  vi.advanceTimersByTime(500)
  progress.end()
  expect(screen.widest).toBeLessThan(Math.max(columns, 21))
})

test('work with a measure fills its bar and stays as a line once it is over', () => {
  const { screen, progress } = shownOn()
  progress.work({ text: 'Fetching', done: 473_500_000, total: 947_000_000, unit: 'bytes' })
  expect(screen.lines[0]).toMatch(/Fetching +0\.0 s {3}474 of 947 MB$/)
  expect(screen.lines[1]).toMatch(/━{20}─{20}/)
  vi.advanceTimersByTime(2000)
  progress.work({ text: 'Unpacking', done: 0, total: null, unit: 'files' })
  expect(screen.lines[0]).toMatch(/^ {2}✓ Fetching +2\.0 s {3}474 of 947 MB$/)
  expect(screen.lines[1]).toContain('Unpacking')
  progress.end()
})

test('a note stands above what moves', () => {
  const { screen, progress } = shownOn()
  progress.phases([phase('keys', 'Make keys', 'running', began, null), phase('files', 'Write files', 'waiting', null, null)])
  progress.note('Cancelling \u001b[2Jnow')
  expect(screen.lines[0]).toBe('  Cancelling �[2Jnow')
  expect(screen.lines[1]).toContain('Make keys')
  progress.end()
})

test('signs are plain ASCII where the terminal has no others', () => {
  const { screen, progress } = shownOn(80, { TERM: 'linux' })
  progress.phases([phase('keys', 'Make keys', 'done', began, 100), phase('files', 'Write files', 'running', began, null)])
  const drawn = screen.lines.join('')
  progress.end()
  expect(drawn.replaceAll('…', '')).toMatch(/^[\x20-\x7e]+$/)
})
