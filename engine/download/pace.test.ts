import { expect, test } from 'vitest'
import type { Progress } from '../../shared/contract/target.ts'
import { paced } from './pace.ts'

function played() {
  let now = 0
  const told: Progress[] = []
  const tell = paced((progress) => told.push(progress), () => now)
  return { told, at: (ms: number, done: number, text = 'Downloading', total = 10_000_000) => ((now = ms), tell(text, done, total)) }
}

test('the speed is that of the last five seconds', () => {
  const { told, at } = played()
  for (let second = 0; second <= 10; second += 1) at(second * 1000, second <= 5 ? second * 1_000_000 : 5_000_000 + (second - 5) * 100_000)
  expect(told.map(({ perSecond }) => perSecond)).toEqual([undefined, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 820_000, 640_000, 460_000, 280_000, 100_000])
})

test('nobody is told oftener than ten times a second, but of the end always', () => {
  const { told, at } = played()
  for (let ms = 0; ms < 1000; ms += 10) at(ms, ms * 100)
  at(1000, 9_999_999)
  at(1001, 10_000_000)
  expect([told.length, told.at(-1)?.done]).toEqual([12, 10_000_000])
})

test('other work, and a download that begins anew, is measured anew', () => {
  const { told, at } = played()
  at(0, 0)
  at(1000, 5_000_000)
  at(1001, 0, 'Checking')
  at(1002, 0)
  expect(told.slice(2).map(({ text, perSecond }) => [text, perSecond])).toEqual([['Checking', undefined], ['Downloading', undefined]])
})
