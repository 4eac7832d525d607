import { expect, test } from 'vitest'
import { beginPhase, endPhase, failPhase, phasesOf, timingsOf } from './setup-phases.ts'

const states = (phases: readonly { id: string; state: string }[]) => phases.map((phase) => `${phase.id}:${phase.state}`)

test('a phase that begins ends those before it, also the ones that the log never told of', () => {
  let phases = beginPhase(phasesOf('first-node'), 'keys', 100)
  phases = beginPhase(phases, 'jvm', 400)
  expect(states(phases).slice(0, 4)).toEqual(['keys:done', 'files:done', 'jvm:running', 'modules:waiting'])
  expect(phases[0]?.ms).toBe(300)
  expect(phases[1]?.ms).toBe(0)
})

test('a phase told of too late does not turn the clock back', () => {
  const phases = beginPhase(beginPhase(phasesOf('configured'), 'elected', 100), 'tls', 200)
  expect(states(phases).find((state) => state.startsWith('tls'))).toBe('tls:done')
})

test('the phase under way is the one that failed', () => {
  const phases = failPhase(beginPhase(phasesOf('first-node'), 'modules', 5), 9)
  expect(phases.filter((phase) => phase.state === 'failed').map((phase) => phase.id)).toEqual(['modules'])
})

test('timings tell each phase and the whole', () => {
  const phases = endPhase(beginPhase(beginPhase(phasesOf('first-node'), 'keys', 0), 'proved', 10), 'proved', 15)
  expect(timingsOf(phases, 0)).toMatchObject({ keys: 10, proved: 5, total: 15 })
})
