import { expect, test } from 'vitest'
import { paceWords } from './pace-words.ts'

const words = (done: number, perSecond?: number, total: number | null = 652_000_000) => paceWords({ text: '', done, total, unit: 'bytes', ...(perSecond === undefined ? {} : { perSecond }) })

test('speed and time left are told as exactly as they are known', () => {
  expect([words(0, 18_400_000), words(600_000_000, 5_250_000), words(0, 812_000), words(0, 60_000), words(651_999_999, 1_000_000)]).toEqual(['18 MB/s, 36 s left', '5.3 MB/s, 10 s left', '812 KB/s, 13 min left', '60 KB/s, 3 h 01 min left', '1.0 MB/s, 1 s left'])
})

test('where nothing comes, where nobody knows how much there is, and at the end, nothing is promised', () => {
  expect([words(10), words(10, 0), words(10, 2_000_000, null), words(652_000_000, 18_000_000)]).toEqual(['', '0 bytes/s', '2.0 MB/s', ''])
  expect(paceWords({ text: '', done: 1, total: 3, unit: 'steps', perSecond: 1 })).toBe('')
})
