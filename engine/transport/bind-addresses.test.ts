import { expect, test } from 'vitest'
import type { Here } from '../network/resolve-host.ts'
import { bindAddresses } from './bind-addresses.ts'
import { reachableAddresses } from '../network/reachable-addresses.ts'

const interfaces = {
  lo: [{ address: '127.0.0.1', internal: true }, { address: '::1', internal: true }],
  docker0: [{ address: '172.17.0.1', internal: false }],
  eth0: [{ address: 'fe80::1', internal: false }, { address: '2001:db8::5', internal: false }, { address: '10.0.0.5', internal: false }],
}
const names: Record<string, string[]> = { localhost: ['127.0.0.1'], es1: ['10.0.0.5'], debian: ['127.0.1.1'], elsewhere: ['10.0.0.9'] }
const here: Here = { interfaces, platform: 'linux', plugins: [], canBind: () => Promise.resolve(true), lookup: (name) => (names[name] === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(names[name])) }
const found = (hosts: string[], more: Partial<Here> = {}) => bindAddresses(hosts, { ...here, ...more })

test.each([
  [['10.0.0.5'], ['10.0.0.5'], true],
  [['2001:DB8:0::5'], ['2001:DB8:0::5'], true],
  [['0.0.0.0'], ['0.0.0.0'], true],
  [['::'], ['::'], true],
  [['es1'], ['10.0.0.5'], true],
  [['_site_'], ['172.17.0.1', '10.0.0.5'], true],
  [['_global_'], ['2001:db8::5'], true],
  [['_eth0:ipv4_'], ['10.0.0.5'], true],
  [['_eth0_'], ['10.0.0.5', 'fe80::1', '2001:db8::5'], true],
  [['_local_', 'es1'], ['127.0.0.1', '::1', '10.0.0.5'], true],
  [['_local:ipv4_'], ['127.0.0.1'], false],
  [['_lo_'], ['127.0.0.1', '::1'], false],
  [['127.1', '::ffff:127.0.0.1'], ['127.1', '::ffff:127.0.0.1'], false],
  [['#eth0:ipv4#'], ['10.0.0.5'], true],
  [['localhost'], ['127.0.0.1'], false],
  [['127.0.0.7'], ['127.0.0.7'], false],
])('hosts are what they stand for on this machine: %j', async (hosts, addresses, opens) => {
  expect(await found(hosts)).toEqual({ addresses, opens })
})

test.each([
  ['10.0.0.9', 'no such address'],
  ['elsewhere', 'resolves to 10.0.0.9'],
  ['nobody', 'no address is known'],
  ['debian', '127.0.1.1 here, which other machines cannot reach'],
  ['_wlan0_', 'no network interface wlan0'],
  ['_docker0:ipv6_', 'docker0 has no IPv6 address'],
  ['127.example.org', 'no address is known'],
  ['224.0.0.1', 'multicast'],
  ['_global:ipv4_', 'no public IPv4 address'],
  ['_ec2_', 'plugin discovery-ec2'],
])('what this machine cannot bind to is refused, with the addresses it has: %s', async (host, why) => {
  await expect(found([host])).rejects.toMatchObject({ code: 'transport_host_not_here', message: expect.stringContaining(why) as string, remedy: expect.stringContaining('10.0.0.5') as string })
})

test('every address beside another is refused, as Elasticsearch does', async () => {
  await expect(found(['0.0.0.0', '10.0.0.5'])).rejects.toMatchObject({ code: 'transport_host_mixed' })
})

test('what only the node’s start can tell is taken as it is', async () => {
  expect(await found(['_ec2:privateIp_'], { plugins: ['discovery-ec2'] })).toEqual({ addresses: [], opens: true })
  expect(await found(['_ethernet_32769_'], { platform: 'win32' })).toEqual({ addresses: [], opens: true })
})

test('the addresses to choose from: real interfaces first, IPv4 first, none that only this machine or this wire knows', () => {
  expect(reachableAddresses(interfaces)).toEqual([
    { value: '10.0.0.5', interface: 'eth0', kind: 'private', virtual: false },
    { value: '2001:db8::5', interface: 'eth0', kind: 'public', virtual: false },
    { value: '172.17.0.1', interface: 'docker0', kind: 'private', virtual: true },
  ])
})
