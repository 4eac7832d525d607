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

test('a published name is named with its port, without the address behind it', () => {
  expect(tokenAddresses({ bound_address: ['[::]:9200'], publish_address: 'es.example/10.1.2.3:9200' })).toEqual(['es.example:9200'])
})
