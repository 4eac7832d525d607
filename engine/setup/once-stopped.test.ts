import { expect, test } from 'vitest'
import { problem } from '../../shared/problems/problem.ts'
import { onceStopped } from './once-stopped.ts'

test('of a node that was stopped nobody is told that it may still be at work, or to give another password', () => {
  const silent = onceStopped(problem('not_answering', { url: 'https://localhost:9200', seconds: 120, last: 'status 503' }))
  expect(silent).toMatchObject({ code: 'stopped_not_answering', exit: 6, message: expect.stringMatching(/localhost:9200.*120 s.*503/) })
  expect(silent.remedy).not.toMatch(/still|ask again|status/)
  const refused = onceStopped(problem('wrong_password', { user: 'elastic' }))
  expect(refused).toMatchObject({ code: 'stopped_wrong_password' })
  expect(refused.remedy).not.toMatch(/Give the right one|reset-password/)
})

test('what is true of a node that is gone stays as it is', () => {
  const full = problem('disk_full', { path: '/d' }, { detail: 'a line' })
  expect(onceStopped(full)).toBe(full)
})
