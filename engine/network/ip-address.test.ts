import { expect, test } from 'vitest'
import { addressBytes, addressText, plainHost } from './ip-address.ts'

test('addresses become their bytes and come back in their short form', () => {
  const table = {
    '127.0.0.1': ['7f000001', '127.0.0.1'],
    '::1': ['00000000000000000000000000000001', '::1'],
    '::': ['00000000000000000000000000000000', '::'],
    'FD00:0:0:0:0:0:0:2': ['fd000000000000000000000000000002', 'fd00::2'],
    'fe80::fc:ff:fe00:1%eth0': ['fe8000000000000000fc00fffe000001', 'fe80::fc:ff:fe00:1'],
    '2001:db8::': ['20010db8000000000000000000000000', '2001:db8::'],
    '2001:db8:0:1:1:1:1:1': ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    '2001:0:0:1:0:0:0:1': ['20010000000000010000000000000001', '2001:0:0:1::1'],
    '::ffff:192.0.2.128': ['00000000000000000000ffffc0000280', '::ffff:c000:280'],
  } as const
  for (const [text, [hex, short]] of Object.entries(table)) {
    const bytes = addressBytes(text)
    expect([text, bytes?.toString('hex')]).toEqual([text, hex])
    expect([text, addressText(bytes ?? Buffer.alloc(0))]).toEqual([text, short])
  }
})

test('what is no address is none', () => {
  for (const text of ['', 'localhost', '1.2.3', '256.0.0.1', '1:2', '12345::', ':::']) expect([text, addressBytes(text)]).toEqual([text, null])
})

test('hosts are compared in one spelling, IPv4-mapped ones as IPv4', () => {
  expect(['10.1', '[FD00::2]', 'fe80::1%eth0', '::ffff:10.0.0.5', '010.0.0.1', '[10.0.0.1]', 'es1', '10.256', ''].map(plainHost)).toEqual([
    '10.0.0.1', 'fd00::2', 'fe80::1', '10.0.0.5', '10.0.0.1', null, null, '10.0.1.0', null,
  ])
})
