import { expect, test } from 'vitest'
import { codeOf } from '../security/testing/code-of.ts'
import { clientAddress } from './client-address.ts'

const names = ['localhost', 'es-1', '192.0.2.7', '::1']
const here = { eth0: [{ address: '192.0.2.7', internal: false }] }

test('an address that the certificate names is left as it is', () => {
  expect(clientAddress('https://es-1:9200', names, { interfaces: here })).toEqual({ url: 'https://es-1:9200', notes: [] })
  expect(clientAddress('https://[0:0:0:0:0:0:0:1]:9200/', names, { interfaces: here })).toEqual({ url: 'https://[::1]:9200', notes: [] })
})

test.each(['0.0.0.0', '[::]'])('%s is where a node listens: localhost stands in its place, and that is said', (host) => {
  const { url, notes } = clientAddress(`https://${host}:9200`, names, { interfaces: here })
  expect(url).toBe('https://localhost:9200')
  expect(notes.join()).toContain('where a node listens')
})

test('the address of a container that this machine does not have gives way to localhost; one that it has stays', () => {
  expect(clientAddress('https://172.18.0.2:9200', names, { interfaces: here })).toMatchObject({ url: 'https://localhost:9200', notes: [expect.stringContaining('containers')] })
  const bridge = { docker0: [{ address: '172.18.0.2', internal: false }] }
  expect(clientAddress('https://172.18.0.2:9200', [...names, '172.18.0.2'], { interfaces: bridge })).toEqual({ url: 'https://172.18.0.2:9200', notes: [] })
})

test('an address that a person chose is left, though containers could have it: it may be another machine of the company', () => {
  expect(clientAddress('https://172.20.1.5:9200', [...names, '172.20.1.5'], { chosen: true, interfaces: here })).toEqual({ url: 'https://172.20.1.5:9200', notes: [] })
  expect(clientAddress('https://172.20.1.5:9200', names, { chosen: true, interfaces: here })).toMatchObject({ url: 'https://172.20.1.5:9200', notes: [expect.stringContaining('does not name 172.20.1.5')] })
  expect(clientAddress('https://0.0.0.0:9200', names, { chosen: true, interfaces: here }).url).toBe('https://localhost:9200')
})

test('a name that is not in the certificate is told, with those that are', () => {
  expect(clientAddress('https://other:9200', names, { interfaces: here }).notes).toEqual([expect.stringMatching(/does not name other.*localhost, es-1/)])
})

test.each(['', 'localhost:9200', 'http://localhost:9200', 'https://me:word@localhost:9200', 'https://localhost:9200/?a=1', 'https://localhost:9200/path'])('%j is no address for clients', async (url) => {
  expect(await codeOf(() => clientAddress(url, names, { interfaces: here }))).toBe('no_client_address')
})
