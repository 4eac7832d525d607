import { expect, test } from 'vitest'
import type { Phase } from '../shared/contract/setup.ts'
import { newsOf, progressOf } from './progress.ts'

const phases = (['done', 'running', 'waiting', 'waiting'] as const).map((state): Phase => ({ id: 'keys', title: '', detail: '', state, startedAt: null, ms: null }))

test('the dock shows how many phases are over, while a node starts and no longer', () => {
  expect(progressOf({ stage: 'applying', phases })).toBe(0.25)
  expect(progressOf({ stage: 'starting', phases: [] })).toBe(0)
  expect(progressOf({ stage: 'cancelling', phases })).toBe(2)
  for (const stage of ['ready', 'handed-over', 'failed', 'cancelled'] as const) expect(progressOf({ stage, phases })).toBe(-1)
})

test('somebody who looks elsewhere is told that it is ready, or why it is not', () => {
  const nothing = { facts: null, node: null, problem: null }
  expect(newsOf({ ...nothing, stage: 'ready' })).toMatchObject({ title: 'Elasticsearch is running' })
  expect(newsOf({ ...nothing, stage: 'failed', problem: { code: 'x', message: 'The disk is full.', remedy: '', detail: null } })?.body).toBe('The disk is full.')
  for (const stage of ['applying', 'starting', 'proving', 'cancelling', 'cancelled', 'handed-over'] as const) expect(newsOf({ ...nothing, stage })).toBeNull()
})
