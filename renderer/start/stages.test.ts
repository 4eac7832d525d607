import { expect, test } from 'vitest'
import type { Phase, SetupState } from '../../shared/contract/setup.ts'
import { putsBack, secondsOf } from './stages.ts'

const phase = (id: Phase['id'], state: Phase['state'], startedAt: number | null = null, ms: number | null = null): Phase => ({ id, title: id, detail: '', state, startedAt, ms })
const state = (...phases: Phase[]) => ({ phases, startedAt: 1000, stage: 'starting' }) as unknown as SetupState

test('the seconds tick while a phase runs and stand still once all are over', () => {
  expect(secondsOf(state(phase('keys', 'done', 1000, 800), phase('files', 'running', 1800)), 3000)).toBe(2000)
  expect(secondsOf(state(phase('keys', 'done', 1000, 800), phase('files', 'done', 1800, 200)), 99_000)).toBe(1000)
})

test('cancel says what it puts back, at each point of the way', () => {
  expect(putsBack(state(phase('keys', 'running'), phase('files', 'waiting'), phase('jvm', 'waiting')))).toContain('Nothing has been written yet')
  expect(putsBack(state(phase('keys', 'done'), phase('files', 'running'), phase('jvm', 'waiting')))).toContain('Every file that was written')
  expect(putsBack(state(phase('keys', 'done'), phase('files', 'done'), phase('jvm', 'running')))).toContain('The node is stopped')
  expect(putsBack(state(phase('jvm', 'running')))).toContain('No file was written')
})
