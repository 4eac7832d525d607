import { expect, test } from 'vitest'
import { tokenAddresses } from './token-addresses.ts'

test('"every address" is left out, the published one stays', () => {
  expect(tokenAddresses({ bound_address: ['[::]:9200'], publish_address: '192.0.2.2:9200' })).toEqual(['192.0.2.2:9200'])
})

test('loopback is named only where there is nothing else, IPv4 first', () => {
  expect(tokenAddresses({ bound_address: ['[::1]:9200', '127.0.0.1:9200'], publish_address: '127.0.0.1:9200' })).toEqual(['127.0.0.1:9200', '[::1]:9200'])
})

test('with a reachable address loopback is left out', () => {
  expect(tokenAddresses({ bound_address: ['127.0.0.1:9200', '[fd00::5]:9200', '10.1.2.3:9200'], publish_address: '10.1.2.3:9200' })).toEqual(['10.1.2.3:9200', '[fd00::5]:9200'])
})

test.each([
  ['es.example/10.1.2.3:9200', '10.1.2.3:9200'],
  ['vm/[fd00::5]:9200', '[fd00::5]:9200'],
])('of a node that publishes %s the token carries the address, as that of stock does', (publish_address, wanted) => {
  expect(tokenAddresses({ bound_address: ['[::]:9200'], publish_address })).toEqual([wanted])
})
