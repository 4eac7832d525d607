import { expect, test } from 'vitest'
import type { Interfaces } from './interfaces.ts'
import { onlyThisMachine, urlHost } from './url-host.ts'

const interfaces: Interfaces = {
  lo: [{ address: '127.0.0.1', internal: true }, { address: '::1', internal: true }],
  eth0: [{ address: 'fe80::1', internal: false }, { address: '203.0.113.7', internal: false }],
  eth1: [{ address: '10.1.2.3', internal: false }],
}

test.each([
  ['0.0.0.0', 'localhost'],
  ['::', 'localhost'],
  ['_local_', 'localhost'],
  ['_local:ipv4_', 'localhost'],
  ['127.0.0.2', '127.0.0.2'],
  ['127.0.0.2,127.0.0.1', 'localhost'],
  ['_site_,127.0.0.2', '127.0.0.2'],
  ['_local:ipv6_', '[::1]'],
  ['0:0:0:0:0:0:0:1', '[::1]'],
  ['127.1', 'localhost'],
  ['es.localhost', 'localhost'],
  ['::ffff:0.0.0.0', 'localhost'],
  ['_lo_', 'localhost'],
  ['127.example.org', '127.example.org'],
  ['[::1]', '[::1]'],
  ['10.1.2.3, localhost', 'localhost'],
  ['_site_,_local_', 'localhost'],
  ['_site_', '10.1.2.3'],
  ['_global_', '203.0.113.7'],
  ['_eth1_', '10.1.2.3'],
  ['_eth0:ipv6_', '[fe80::1]'],
  ['_eth0_', '203.0.113.7'],
  ['_site_,192.0.2.1', '10.1.2.3'],
  ['192.0.2.1,192.0.2.2', '192.0.2.1'],
  ['2001:db8::1', '[2001:db8::1]'],
  ['es.example.org', 'es.example.org'],
  ['_nowhere_', 'localhost'],
])('a node that binds to %s is reached on %s', (bound, host) => {
  expect(urlHost(bound, interfaces)).toBe(host)
})

test('only loopback lets nobody else in', () => {
  const alone = ['localhost', '127.0.0.1,::1', '_local:ipv6_', '127.3.2.1', '127.1', '[::1]', '0:0:0:0:0:0:0:1', '_lo_', '_lo:ipv4_,#local#']
  expect(alone.filter((bound) => !onlyThisMachine(bound, interfaces))).toEqual([])
  const open = ['0.0.0.0', '_site_', '127.0.0.1,10.0.0.1', '::', '127.example.org', '_eth0_', '_nowhere_', '_lo_,_eth1_']
  expect(open.filter((bound) => onlyThisMachine(bound, interfaces))).toEqual([])
})
