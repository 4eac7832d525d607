import { expect, test } from 'vitest'
import { isEveryAddress, isLoopback } from './loopback.ts'

// What Java's InetAddress says of each, asked on 17 and 25.
test('loopback is loopback in every spelling that Java takes', () => {
  const hosts = [
    '127.0.0.1', '127.255.255.254', '127.1', '127.0.1', '127.65536', '127.0.65535', '127.16777215', '2130706433',
    '127.0.0.01', '127.000.000.001', '::1', '[::1]', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001',
    '::1%lo', '[::1%lo]', '::1%0', '::ffff:127.0.0.1', '::FFFF:127.0.0.1', '::ffff:7f00:1', '[::ffff:127.0.0.1]',
    '0:0:0:0:0:ffff:127.0.0.2', 'localhost', 'LOCALHOST', 'LocalHost', 'localhost.', 'es.localhost', '_local_',
    '_local:ipv4_', '_local:ipv6_', '#local#', '',
  ]
  expect(hosts.filter((host) => !isLoopback(host))).toEqual([])
})

test('what merely looks like it is not', () => {
  const hosts = [
    '127.example.org', '127.0.0.1.example.org', '127.0.0.1.', '0177.0.0.1', '0x7f.1', '0x7f000001', '017700000001',
    '127.16777216', '127.0.0.256', '[127.0.0.1]', '127.0.0.1:9300', '::127.0.0.1', '64:ff9b::127.0.0.1', '::2', '::',
    '0.0.0.0', '10.0.0.1', '128.0.0.1', 'fe80::1', 'localhost.example.org', 'mylocalhost', 'ip6-localhost',
    '_LOCAL_', '_lo_', '_site_', '_localhost_', '_local#', 'local',
  ]
  expect(hosts.filter(isLoopback)).toEqual([])
})

test('every address is every address in every spelling', () => {
  const hosts = ['0.0.0.0', '0', '0.0', '00.0.0.0', '::', '[::]', '::0.0.0.0', '::ffff:0.0.0.0', '0:0:0:0:0:0:0:0']
  expect(hosts.filter((host) => !isEveryAddress(host))).toEqual([])
  expect(['', '0.0.0.1', '::1', '_global_', 'zero', '::ffff:0.0.0.1'].filter(isEveryAddress)).toEqual([])
})
