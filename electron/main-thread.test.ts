import { expect, test, vi } from 'vitest'
import { watchMainThread } from './main-thread.ts'

test('work that keeps the thread away is told, once', () => {
  const thread = watchMainThread()
  const until = performance.now() + 120
  while (performance.now() < until);
  const block = thread.longestBlock()
  expect(block.clock).toBeGreaterThanOrEqual(109)
  // A busy machine gives it a part of the time only.
  expect(block.work).toBeGreaterThan(0)
  expect(block.work).toBeLessThanOrEqual(block.clock)
  expect(thread.longestBlock().clock).toBeLessThan(100)
  thread.rest()
})

test('while it rests nothing is looked at, and the time of resting is no block', () => {
  vi.useFakeTimers()
  const thread = watchMainThread()
  expect(vi.getTimerCount()).toBe(1)
  thread.rest()
  expect(vi.getTimerCount()).toBe(0)
  thread.longestBlock()
  vi.advanceTimersByTime(60_000)
  expect(thread.longestBlock()).toEqual({ clock: 0, work: 0 })
  thread.watch()
  thread.watch()
  expect(vi.getTimerCount()).toBe(1)
  expect(thread.longestBlock().clock).toBeLessThan(60_000)
  thread.rest()
  vi.useRealTimers()
})
