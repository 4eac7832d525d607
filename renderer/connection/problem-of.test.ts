import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { connectionLost, problemOf } from './problem-of.ts'

test('a problem of the contract is shown in its own words', () => {
  const data = { code: 'busy', message: 'Another is at work.', remedy: 'Wait.', detail: null }
  expect(problemOf(new ORPCError('PROBLEM', { data }))).toEqual(data)
})

test('a broken connection says so and how to go on', () => {
  expect(problemOf(new Error('Cannot send message, WebSocket is not open.'))).toBe(connectionLost)
})

test('a call that was dropped on purpose is no problem', () => {
  const controller = new AbortController()
  controller.abort()
  expect(problemOf(new Error('aborted'), controller.signal)).toBeNull()
})

test('anything else keeps what it said as detail, never as the sentence', () => {
  expect(problemOf(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'boom' }))).toMatchObject({ code: 'unexpected', detail: 'INTERNAL_SERVER_ERROR: boom' })
})
