import { expect, test } from 'vitest'
import { boundTransportIn, hostOfBound } from './bound-transport.ts'
import { eventOfText } from './log-event.ts'

const read = (line: string) => {
  const event = eventOfText(line)
  return event === null ? null : boundTransportIn(event)
}

test('what transport is bound to is read from the log, and where other nodes are told to look', () => {
  expect(read('[2026-11-25T09:00:00,000][INFO ][o.e.t.TransportService   ] [n1] publish_address {10.99.0.1:9300}, bound_addresses {[fe80::1%eth0]:9300}, {10.99.0.1:9300}')).toEqual({
    published: '10.99.0.1:9300',
    bound: ['[fe80::1%eth0]:9300', '10.99.0.1:9300'],
  })
  expect(read('[2026-11-25T09:00:00,000][INFO ][o.e.t.TransportService   ] [n1] publish_address {es1/10.0.0.5:9300}, bound_addresses {[::]:9300}')).toEqual({ published: '10.0.0.5:9300', bound: ['[::]:9300'] })
})

test('the addresses of HTTP, and other lines, tell nothing of it', () => {
  expect(read('[2026-11-25T09:00:00,000][INFO ][o.e.h.AbstractHttpServerTransport] [n1] publish_address {10.0.0.5:9200}, bound_addresses {[::]:9200}')).toBeNull()
  expect(read('[2026-11-25T09:00:00,000][INFO ][o.e.t.TransportService   ] [n1] profile [x]')).toBeNull()
})

test('a host is told from its port', () => {
  expect(['[::1]:9300', '10.0.0.5:9301', '[fe80::1%eth0]:9300'].map(hostOfBound)).toEqual(['::1', '10.0.0.5', 'fe80::1%eth0'])
})
