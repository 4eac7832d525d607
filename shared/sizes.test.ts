import { expect, test } from 'vitest'
import { partInBytes, GiB, inBytes, MiB } from './sizes.ts'

test('sizes are shown in powers of ten, never more exact than they are read', () => {
  expect([0, 812, 999, 1000, 3600, 9949, 41_200, 999_499, 999_500, 1_500_000, 412_000_000, 999_500_000, 16_600_000_000, 254_800_000_000].map(inBytes)).toEqual([
    '0 bytes', '812 bytes', '999 bytes', '1.0 KB', '3.6 KB', '9.9 KB', '41 KB', '999 KB', '1.0 MB', '1.5 MB', '412 MB', '1.0 GB', '16.6 GB', '255 GB',
  ])
})

test('limits that count in 1024 are shown for what they are', () => {
  expect([3 * MiB, 64 * MiB, 8 * GiB].map(inBytes)).toEqual(['3.1 MB', '67 MB', '8.6 GB'])
})

test('a part of a whole names the unit once', () => {
  expect([partInBytes(474_000_000, 947_000_000), partInBytes(812_000, 3_100_000), partInBytes(0, 947_000_000), partInBytes(1_200_000_000, 2_000_000_000)]).toEqual([
    '474 of 947 MB', '812 KB of 3.1 MB', '0 bytes of 947 MB', '1.2 of 2.0 GB',
  ])
})
