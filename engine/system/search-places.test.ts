import { expect, test } from 'vitest'
import { searchPlaces, searchProblem } from './search-places.ts'

const never = new AbortController().signal

test('a search that ends by itself leaves nothing out', async () => {
  const unsearched = await searchPlaces([{ folder: '/a' }, { folder: '/b' }], () => Promise.resolve(), never)
  expect(unsearched).toEqual({ slow: [], full: [] })
  expect(searchProblem('Elasticsearch', unsearched)).toBeNull()
})

test('when the time is up, the folders that have not answered are named, and those with too many in them', async () => {
  const time = new AbortController()
  const { promise: unanswered, resolve } = Promise.withResolvers<void>()
  const searching = searchPlaces(
    [{ folder: '/quick' }, { folder: '/net' }, { folder: '/many' }],
    async ({ folder }, onFull) => {
      if (folder === '/many') onFull('/many/below')
      if (folder === '/net') await unanswered
    },
    time.signal,
  )
  time.abort()
  const unsearched = await searching
  resolve()
  expect(unsearched).toEqual({ slow: ['/net'], full: ['/many/below'] })
  const told = searchProblem('Kibana', unsearched)
  expect(told).toMatchObject({ code: 'search_incomplete' })
  expect(told?.message).toContain('/net')
  expect(told?.message).toContain('/many/below')
})
