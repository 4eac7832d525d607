import { expect, test } from 'vitest'
import type { WizardPlace } from '../../shared/contract/host.ts'
import { knowsMore } from './kept-place.ts'

const at = (change: Partial<WizardPlace>): WizardPlace => ({ step: 'review', target: { home: '/es' }, setupId: null, planId: null, workId: null, ...change })

test('what was begun while the connection broke is found', () => {
  expect(knowsMore(at({ step: 'start', setupId: 's' }), at({}))).toBe(true)
  expect(knowsMore(at({ step: 'find', target: null, workId: 'w' }), at({ step: 'find', target: null }))).toBe(true)
  expect(knowsMore(at({ step: 'existing', workId: 'w' }), at({ step: 'existing' }))).toBe(true)
})

test('a page that waits for something itself stays where it is', () => {
  expect(knowsMore(at({ step: 'find', target: null, workId: 'w' }), at({ step: 'credentials', setupId: 's' }))).toBe(false)
})

test('what another tab began for another home is left to it', () => {
  expect(knowsMore(at({ step: 'start', target: { home: '/other' }, setupId: 's' }), at({}))).toBe(false)
})

test('a host that knows no more leads nowhere', () => {
  expect(knowsMore(null, at({}))).toBe(false)
  expect(knowsMore(at({ step: 'check' }), at({}))).toBe(false)
})
