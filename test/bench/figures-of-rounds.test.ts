import { expect, test } from 'vitest'
import { figuresOfRounds } from './figures-of-rounds.ts'

test('a round is worked once for all its figures, whoever of them is asked first', async () => {
  let rounds = 0
  const next = figuresOfRounds(async () => {
    rounds++
    return new Map([['time', rounds], ['memory', rounds * 100]])
  })
  expect([await next('time'), await next('memory'), rounds]).toEqual([1, 100, 1])
  expect([await next('memory'), await next('time'), rounds]).toEqual([200, 2, 2])
})

test('a round that failed is not worked again for its other figures', async () => {
  let rounds = 0
  const next = figuresOfRounds(async () => {
    rounds++
    throw new Error('no memory left')
  })
  await expect(next('time')).rejects.toThrow('no memory left')
  await expect(next('memory')).rejects.toThrow('no memory left')
  expect(rounds).toBe(1)
})
