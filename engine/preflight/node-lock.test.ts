import { expect, test } from 'vitest'
import { holderOf, lockHolder } from './node-lock.ts'

const locks = [
  '1: POSIX  ADVISORY  WRITE 4711 fe:01:131 0 EOF',
  '2: FLOCK  ADVISORY  WRITE 12 00:19:131 0 EOF',
  '3: OFDLCK ADVISORY  READ  13 fe:01:1310 0 EOF',
  '',
].join('\n')

test('the process that holds a lock is found by device and inode', () => {
  expect(holderOf(locks, (0xfe << 8) | 1, 131)).toBe(4711)
  expect(holderOf(locks, 0x19, 131)).toBe(12)
  expect(holderOf(locks, (0xfe << 8) | 1, 31)).toBeNull()
  expect(holderOf('', 0, 0)).toBeNull()
})

test('other systems than Linux do not tell', async () => {
  expect(await lockHolder('/data', 'darwin')).toBeNull()
  expect(await lockHolder('C:\\data', 'win32')).toBeNull()
})
