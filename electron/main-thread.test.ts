import { expect, test } from 'vitest'
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
  thread.stop()
})
