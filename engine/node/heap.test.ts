import { expect, test } from 'vitest'
import { checkHeap, defaultHeap, heapBytes } from './heap.ts'

const gib = 1024 ** 3

test.each([
  ['512m', gib / 2],
  ['1g', gib],
  ['2G', 2 * gib],
  ['1048576k', gib],
  ['1073741824', gib],
])('%s is a heap', (heap, bytes) => {
  expect(heapBytes(heap)).toBe(bytes)
  expect(() => checkHeap(heap, 4 * gib)).not.toThrow()
})

test.each(['', 'big', '1.5g', '-1g', '1 g', '1gb', '12q', '5g', '64m'])('%s is refused', (heap) => {
  expect(() => checkHeap(heap, 4 * gib)).toThrow(expect.objectContaining({ code: 'bad_heap' }))
})

test('the practice copy gets 1g, everything else what Elasticsearch chooses', () => {
  expect(defaultHeap({ practice: true })).toBe('1g')
  expect(defaultHeap({ practice: false })).toBeNull()
})
