import { hostname, networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { hostNames } from './host-names.ts'
import { addressBytes, addressText } from '../network/ip-address.ts'

test('localhost, the host’s name and every address of every interface are there, each once', async () => {
  const names = await hostNames([], { HOSTNAME: 'My-Node' })
  expect(names.slice(0, 2)).toEqual(['localhost', 'my-node'])
  expect(await hostNames([], {})).toContain(hostname().toLowerCase())
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []).map(({ address }) => addressText(addressBytes(address) ?? Buffer.alloc(0)))
  expect(names).toEqual(expect.arrayContaining(['127.0.0.1', ...addresses]))
  expect(new Set(names).size).toBe(names.length)
})

test('further names follow, and one that is there already is not doubled', async () => {
  const names = await hostNames(['es.example.org', 'LOCALHOST', '0:0:0:0:0:0:0:1', '192.0.2.77'], {})
  expect(names.filter((name) => name === 'localhost')).toHaveLength(1)
  expect(names.filter((name) => name === '::1').length).toBeLessThanOrEqual(1)
  expect(names.at(-1)).toBe('192.0.2.77')
  expect(names).toContain('es.example.org')
})

test('a host name that no certificate can hold is left out', async () => {
  const names = await hostNames([], { HOSTNAME: 'not a host ☃', COMPUTERNAME: '10.0.0.1' }, 'win32')
  expect(names).not.toContain('not a host ☃')
  expect(names.every((name) => /^[\x21-\x7e]+$/.test(name))).toBe(true)
})
