import { expect, test } from 'vitest'
import type { UpdateState } from '../../shared/contract/desktop.ts'
import { isUnderWay, updateWords } from './update-words.ts'

const at = (stage: UpdateState['stage'], change: Partial<UpdateState> = {}): UpdateState => ({ stage, version: null, percent: null, reason: null, ...change })

test('each step leads to the next by one press, and to nothing that was not asked for', () => {
  expect(updateWords(at('idle')).press).toEqual({ wish: 'look', words: 'Look for a new version' })
  expect(updateWords(at('available', { version: '0.2.0' }))).toMatchObject({ title: 'Firstnode 0.2.0 is there', press: { wish: 'fetch' } })
  expect(updateWords(at('ready', { version: '0.2.0' }))).toMatchObject({ title: 'Firstnode 0.2.0 is ready', press: { wish: 'install' } })
  expect(updateWords(at('failed', { reason: 'No network.' }))).toMatchObject({ more: 'No network.', press: { wish: 'look' } })
})

test('while something is under way there is nothing to press', () => {
  for (const stage of ['looking', 'fetching'] as const) {
    expect(isUnderWay(at(stage))).toBe(true)
    expect(updateWords(at(stage)).press).toBeNull()
  }
  expect(updateWords(at('fetching', { version: '0.2.0', percent: 41.6 })).more).toBe('42 %')
})

test('where another one brings new versions the reason is said, and nothing is offered', () => {
  expect(updateWords(at('off', { reason: 'apt keeps this one up to date.' }))).toMatchObject({ more: 'apt keeps this one up to date.', press: null })
})
