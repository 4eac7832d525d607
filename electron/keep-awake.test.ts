import { expect, test } from 'vitest'
import { keepAwake } from './keep-awake.ts'

test('the machine is kept awake once while something is under way, and may sleep when all of it has ended', () => {
  const asked: string[] = []
  let running = 0
  let changed = (): void => {}
  const blocker = { start: (how: string) => asked.push(how), stop: (id: number) => asked.push(`stop ${id}`) > 0 }
  keepAwake(blocker, { onChange: (listener) => (changed = listener), underWay: () => running > 0 })
  for (const now of [0, 1, 2, 1, 0, 0, 1, 0]) {
    running = now
    changed()
  }
  expect(asked).toEqual(['prevent-app-suspension', 'stop 1', 'prevent-app-suspension', 'stop 3'])
})
