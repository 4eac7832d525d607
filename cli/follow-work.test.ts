import { expect, test } from 'vitest'
import { jsonOf, ran } from '../test/cli/captured-run.ts'
import { EngineDouble } from '../test/cli/engine-double.ts'
import type { StopSignal } from './io.ts'

test.each<[StopSignal, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s while the practice copy is made gives it up, waits for that, and ends with %i', async (signal, exit) => {
  const double = Object.assign(new EngineDouble(), { ends: 'hangs' as const })
  const { code, err } = await ran(['up'], {
    double,
    signals: (send) => {
      double.onHang = () => send(signal)
    },
  })
  expect(code).toBe(exit)
  expect(double.calls).toEqual(['host.info', 'installation.practiceCopy', 'work.watch', 'work.cancel'])
  expect(err).toContain('nothing half-made will be left')
  expect(double.closed).toBe(true)
})

test('an undo is followed to its end, and says what it did', async () => {
  const result = await ran(['undo', '--home', '/es', '--yes', '--json'])
  expect(result.code).toBe(0)
  expect(result.double.calls).toEqual(['undo.preview', 'undo.apply', 'work.watch'])
  expect(jsonOf(result)).toEqual({ undone: true, sentences: ['The node was stopped.', 'Six files were put back.'] })
})
