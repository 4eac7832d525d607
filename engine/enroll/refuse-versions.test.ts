import { expect, test } from 'vitest'
import { refuseVersions } from './refuse-versions.ts'

test.each([
  ['9.4.3', ['9.4.3']],
  ['9.4.3', ['9.2.0', '9.4.3']],
  ['9.4.3', ['8.19.2']],
  ['9.0.4', ['8.18.1']],
  ['8.16.6', ['8.14.0']],
])('%s may join %s', (own, others) => {
  expect(() => refuseVersions(own, others)).not.toThrow()
})

test.each([
  ['9.4.3', ['8.16.6']],
  ['9.4.3', ['8.18.8']],
  ['8.16.6', ['9.4.3']],
  ['9.2.0', ['9.4.3']],
  ['8.16.6', ['8.19.2']],
])('%s is refused by %s', (own, others) => {
  expect(() => refuseVersions(own, others)).toThrow(expect.objectContaining({ code: 'join_versions' }))
})
