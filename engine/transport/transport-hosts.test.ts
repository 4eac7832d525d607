import { expect, test } from 'vitest'
import { readTransportHosts } from './transport-hosts.ts'

test.each([
  ['10.0.0.5', ['10.0.0.5']],
  [' 10.0.0.5 , es1.example.org ', ['10.0.0.5', 'es1.example.org']],
  ['_local_,_site_', ['_local_', '_site_']],
  ['_eth0_', ['_eth0_']],
  ['_eth0:ipv4_', ['_eth0:ipv4_']],
  ['_site:ipv6_', ['_site:ipv6_']],
  ['[::1]', ['::1']],
  ['::', ['::']],
  ['fe80::1%eth0', ['fe80::1%eth0']],
  ['0.0.0.0', ['0.0.0.0']],
  ['localhost', ['localhost']],
  ['münchen', ['münchen']],
  ['10.0.0.5,10.0.0.5', ['10.0.0.5']],
])('what Elasticsearch takes is taken: %s', (text, hosts) => {
  expect(readTransportHosts(text)).toEqual(hosts)
})

test.each([
  ['', 'names nothing'],
  ['10.0.0.5,', 'names nothing'],
  ['10.0.0.5:9300', 'transport.port'],
  ['es1:9300', 'transport.port'],
  ['[::1]:9300', 'transport.port'],
  ['https://es1', 'a URL'],
  ['10.0.0.0/8', 'a network'],
  ['_[eth0]_', 'write _eth0_'],
  ['_[eth0]:ipv4_', 'write _eth0:ipv4_'],
  ['10.1', 'neither an address nor a name'],
  ['0x7f.1', 'neither an address nor a name'],
  ['999.1.1.1', 'neither an address nor a name'],
  ['a b', 'neither an address nor a name'],
  ['es1;es2', 'neither an address nor a name'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['${HOST}', 'placeholder'],
])('what Elasticsearch would not take, or not as it is meant, is refused: %j', (text, why) => {
  expect(() => readTransportHosts(text)).toThrow(expect.objectContaining({ code: 'bad_transport_host', message: expect.stringContaining(why) as string }) as Error)
})
