import { expect, test } from 'vitest'
import { wayOf } from './way-steps.ts'

const target = { home: '/opt/elasticsearch' }

test('earlier steps can be gone back to as long as nothing has been written', () => {
  const way = wayOf({ step: 'review', target, setupId: null, planId: 'p', workId: null, lines: { find: 'Elasticsearch 9.4.3', check: '14 checks passed' } })
  expect(way.filter(({ open }) => open).map(({ id }) => id)).toEqual(['find', 'check'])
  expect(way.find(({ id }) => id === 'check')?.line).toBe('14 checks passed')
})

test('once files are written there is no way back', () => {
  const way = wayOf({ step: 'start', target, setupId: 's', planId: null, workId: null })
  expect(way.some(({ open }) => open)).toBe(false)
})

test('from the last step the credentials can be looked at again, and nothing else', () => {
  const way = wayOf({ step: 'now', target, setupId: 's', planId: null, workId: null })
  expect(way.filter(({ open }) => open).map(({ id }) => id)).toEqual(['credentials'])
})

test('a node that is configured already has a way of its own', () => {
  expect(wayOf({ step: 'existing', target, setupId: null, planId: null, workId: null }).map(({ title }) => title)).toEqual(['Find', 'Overview'])
})

test('while a set-up is undone there is no way back', () => {
  expect(wayOf({ step: 'existing', target, setupId: null, planId: null, workId: 'w' }).some(({ open }) => open)).toBe(false)
})
