import { expect, test } from 'vitest'
import { onlyThisMachine, urlHost, type Interfaces } from './url-host.ts'

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
  ['127.0.0.2', 'localhost'],
  ['[::1]', 'localhost'],
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
  expect(['localhost', '127.0.0.1,::1', '_local:ipv6_', '127.3.2.1'].map(onlyThisMachine)).toEqual([true, true, true, true])
  expect(['0.0.0.0', '_site_', '127.0.0.1,10.0.0.1', '::'].map(onlyThisMachine)).toEqual([false, false, false, false])
})
