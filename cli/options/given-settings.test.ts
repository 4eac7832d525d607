import { expect, test } from 'vitest'
import { codeOf } from '../../engine/security/testing/code-of.ts'
import { givenSettings } from './given-settings.ts'

test('each pair is divided at its first equals sign', () => {
  expect(givenSettings(['http.port=9201', 'path.logs=/a=b'])).toEqual({ 'http.port': '9201', 'path.logs': '/a=b' })
  expect(givenSettings([])).toEqual({})
})

test.each([['http.port'], ['=9201'], ['http.port='], ['a=1', 'a=2']])('%j is refused, as by the tools of Elasticsearch', async (...pairs) => {
  expect(await codeOf(() => givenSettings(pairs))).toBe('bad_given_setting')
})
