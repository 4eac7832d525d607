import { expect, test } from 'vitest'
import type { LogLine, SetupEvent } from '../../shared/contract/setup.ts'
import { LiveSetup, newHandover } from './live-setup.ts'

const target = { home: '/es' }
const line = (text: string, at = 0): LogLine => ({ at, level: 'INFO', text, explains: false })
const made = (): LiveSetup => new LiveSetup(target, '/es/config', 'first-node', 0, null)

async function all(stream: AsyncIterable<SetupEvent>): Promise<SetupEvent[]> {
  const events: SetupEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

test('who comes late sees the state and the log so far, and the stream ends with the work', async () => {
  const live = made()
  live.add([line('one'), line('two')])
  live.update({ stage: 'ready' })
  const events = await all(live.watch())
  expect(events.map(({ type }) => type)).toEqual(['state', 'log'])
})

test('a slow reader gets the newest state once and learns how many lines were left out', async () => {
  const live = made()
  const stream = live.watch()
  await stream.next()
  for (let index = 0; index < 600; index++) live.add([line(String(index))])
  live.begin('keys')
  live.update({ stage: 'ready' })
  const rest = await all(stream)
  const logs = rest.filter((event) => event.type === 'log')
  expect(logs.reduce((sum, event) => sum + event.lines.length, 0)).toBe(500)
  expect(logs.reduce((sum, event) => sum + event.dropped, 0)).toBe(100)
  const states = rest.filter((event) => event.type === 'state')
  expect(states).toHaveLength(1)
  expect(states[0]?.state.stage).toBe('ready')
})

test('a reader that goes away ends its stream and not the work', async () => {
  const live = made()
  const gone = new AbortController()
  const stream = live.watch(gone.signal)
  await stream.next()
  const next = stream.next()
  gone.abort()
  expect((await next).done).toBe(true)
  expect(live.controller.signal.aborted).toBe(false)
})

test('the line that explains a failure is told once more, marked', async () => {
  const live = made()
  live.add([line('fine', 1), line('no room left', 2)])
  live.explain(line('no room left', 2))
  live.update({ stage: 'failed' })
  const lines = (await all(live.watch())).flatMap((event) => (event.type === 'log' ? event.lines : []))
  expect(lines.filter(({ explains }) => explains).map(({ text }) => text)).toEqual(['no room left'])
})

test('the port that the system chose is taken over, and told as that', () => {
  const live = made()
  live.handover = newHandover('https://localhost:0', { ca: { path: '/es/config/certs/http_ca.crt', fingerprint: 'aa' }, tls: { caPem: 'PEM' } }, null)
  live.boundTo(41_234)
  expect(live.handover?.url).toBe('https://localhost:41234')
  expect(live.state.notes).toEqual(['The system chose port 41234.'])
})
