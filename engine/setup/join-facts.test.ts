import { expect, test } from 'vitest'
import { freeName } from './join-facts.ts'

test('a node gets the name of its machine, or the next one that no other node has', () => {
  expect(freeName('host', new Set())).toBe('host')
  expect(freeName('host', new Set(['host', 'host-2']))).toBe('host-3')
})
