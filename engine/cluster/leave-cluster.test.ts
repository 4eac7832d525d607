import { expect, test } from 'vitest'
import { onlyOn } from './leave-cluster.ts'

const at = (node: string, index: string, shard = 0, state = 'STARTED') => ({ node, index, shard, state })

test('what has a started copy on another node is not the last', () => {
  expect(onlyOn('own', [at('own', '.security-7'), at('other', '.security-7')])).toEqual([])
})

test('what lies on this node alone is named, each index once', () => {
  expect(onlyOn('own', [at('own', 'books', 0), at('own', 'books', 1), at('own', 'b', 0), at('other', 'b', 0)])).toEqual(['books'])
})

test('a copy that is still being made elsewhere does not count, and one being made here is no loss', () => {
  expect(onlyOn('own', [at('own', 'a'), at('other', 'a', 0, 'INITIALIZING'), at('own', 'c', 0, 'INITIALIZING')])).toEqual(['a'])
})

test('a shard that is moving away from here is still here', () => {
  expect(onlyOn('own', [at('own', 'a', 0, 'RELOCATING')])).toEqual(['a'])
})
