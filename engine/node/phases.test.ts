import { expect, test } from 'vitest'
import type { PhaseId } from '../../shared/contract/setup.ts'
import type { LogEvent } from './log-event.ts'
import { PhaseClock, phaseBegunBy } from './phases.ts'

function event(logger: string, message: string, at = 0): LogEvent {
  return { at, level: 'INFO', logger, message, stack: null, node: 'n' }
}

test.each<[string, string, PhaseId]>([
  ['Node', 'version[8.16.6], pid[11228], build[zip/2eabb32]', 'modules'],
  ['Elasticsearch', 'version[9.4.3], pid[11835], build[zip/45f6a06]', 'modules'],
  ['Security', 'Security is enabled', 'tls'],
  ['Node', 'starting ...', 'listening'],
  ['TransportService', 'publish_address {127.0.0.1:9300}, bound_addresses {[::1]:9300}', 'elected'],
  ['Node', 'started {n}{id}', 'security-index'],
  ['AllocationService', 'current.health="GREEN" message="Cluster health status changed from [YELLOW] to [GREEN] (reason: [shards started [[.security-7][0]]])."', 'answering'],
])('%s: %s', (logger, message, id) => {
  expect(phaseBegunBy(event(logger, message))).toBe(id)
})

test.each([
  ['PluginsService', 'loaded module [x-pack-security]'],
  ['AbstractHttpServerTransport', 'publish_address {192.0.2.2:9200}'],
  ['AllocationService', 'current.health="GREEN" message="Cluster health status changed from [RED] to [GREEN] (reason: [shards started [[mine][0]]])."'],
])('begins no phase: %s %s', (logger, message) => {
  expect(phaseBegunBy(event(logger, message))).toBeNull()
})

test('phases are told once and in order; one that comes too late is not told', () => {
  const told: PhaseId[] = []
  const clock = new PhaseClock((id) => told.push(id))
  clock.begin('jvm', 100)
  clock.see(event('Node', 'version[9.4.3], pid[1]', 400))
  clock.see(event('Node', 'starting ...', 900))
  clock.see(event('Security', 'Security is enabled', 950))
  clock.see(event('Node', 'starting ...', 999))
  expect(told).toEqual(['jvm', 'modules', 'listening'])
  expect(clock.timings(1000)).toEqual({ jvm: 300, modules: 500, listening: 100 })
})

test('a clock that the log sets back gives no negative time', () => {
  const clock = new PhaseClock(() => undefined)
  clock.begin('jvm', 100)
  clock.begin('modules', 40)
  expect(clock.timings(120)).toEqual({ jvm: 0, modules: 20 })
})
