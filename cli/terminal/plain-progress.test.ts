import { expect, test } from 'vitest'
import { CapturedOutput } from '../../test/cli/captured-run.ts'
import { PlainProgress } from './plain-progress.ts'

test('a phase is told once, when it begins, with the time since the first', () => {
  const output = new CapturedOutput()
  const progress = new PlainProgress(output)
  const keys = { id: 'keys' as const, title: 'Make keys', detail: '', state: 'running' as const, startedAt: 1000, ms: null }
  const files = { id: 'files' as const, title: 'Write files', detail: '', state: 'waiting' as const, startedAt: null, ms: null }
  progress.phases([keys, files])
  progress.phases([keys, files])
  progress.phases([{ ...keys, state: 'done', ms: 1200 }, { ...files, state: 'failed', startedAt: 2200, ms: 300 }])
  expect(output.text).toBe('      0.0 s  Make keys\n      1.2 s  Write files\n             failed after 0.3 s\n')
})

test('long work is told at every tenth', () => {
  const output = new CapturedOutput()
  const progress = new PlainProgress(output)
  for (let done = 0; done <= 100; done += 1) progress.work({ text: 'Fetching', done: done * 1_000_000, total: 100_000_000, unit: 'bytes' })
  expect(output.text.split('\n').filter((line) => line !== '')).toHaveLength(11)
  expect(output.text).toContain('Fetching: 50 of 100 MB\n')
})

test('work of a single step is told without a measure', () => {
  const output = new CapturedOutput()
  new PlainProgress(output).work({ text: 'It is ready in /es', done: 1, total: 1, unit: 'steps' })
  expect(output.text).toBe('It is ready in /es\n')
})
