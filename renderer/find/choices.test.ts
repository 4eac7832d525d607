import { expect, test } from 'vitest'
import type { HostInfo } from '../../shared/contract/host.ts'
import type { FoundHome } from '../../shared/contract/installation.ts'
import { choicesOf, chosenFirst, wordsFor } from './choices.ts'

const practice: HostInfo['practice'] = { offered: true, version: '9.4.3', home: null, downloadBytes: 412_000_000, owner: 'ana', trouble: null }

function home(path: string, state: FoundHome['state'], modified = 1): FoundHome {
  return { home: path, config: `${path}/config`, version: '9.4.3', owner: 'ana', state, stateReason: null, modified, practice: false }
}

test('the newest home stands first, what is not for us last', () => {
  const choices = choicesOf([home('/old', 'new', 1), home('/bad', 'unsuitable', 9), home('/young', 'configured', 5)], practice)
  expect(choices.map(({ id }) => id)).toEqual(['/young', '/old', 'practice', '/bad'])
})

test('just one new home is chosen already; of two, none', () => {
  expect(chosenFirst(choicesOf([home('/a', 'new'), home('/b', 'running')], practice))).toBe('/a')
  expect(chosenFirst(choicesOf([home('/a', 'new'), home('/b', 'new')], practice))).toBeNull()
})

test('with nothing found the practice copy is chosen, with only a configured node nothing is decided for the person', () => {
  expect(chosenFirst(choicesOf([], practice))).toBe('practice')
  expect(chosenFirst(choicesOf([home('/a', 'configured')], practice))).toBeNull()
  expect(chosenFirst(choicesOf([], { ...practice, offered: false }))).toBeNull()
})

test('an unfinished set-up is taken up before anything else is begun', () => {
  expect(chosenFirst(choicesOf([home('/a', 'unfinished'), home('/b', 'configured')], practice))).toBe('/a')
})

test('a practice copy that was found is not offered a second time', () => {
  expect(choicesOf([home('/cache/home', 'new')], { ...practice, home: '/cache/home' })).toHaveLength(1)
})

test('the button says what it does', () => {
  const words = (state: FoundHome['state']) => wordsFor({ id: '/a', kind: 'home', home: home('/a', state) }, practice)
  expect(words('new')).toBe('Set up Elasticsearch 9.4.3')
  expect(words('running')).toBe('Show the node')
  expect(words('unfinished')).toBe('Take the set-up up again')
  expect(wordsFor({ id: 'practice', kind: 'practice' }, practice)).toBe('Download the practice copy (412 MB)')
})
