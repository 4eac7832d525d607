import { expect, test } from 'vitest'
import { undoneLine, undoWords } from './remedy-words.ts'

const setting = (how: 'commented out' | 'cut out' = 'commented out') => ({ name: 'a', how })

test.each([
  [[setting()], [], 'Comment out 1 setting', '1 setting commented out'],
  [[setting(), setting()], [], 'Comment out 2 settings', '2 settings commented out'],
  [[setting(), setting('cut out')], [], 'Take out 2 settings', '2 settings taken out'],
  [[], ['e'], 'Take 1 entry out of the keystore', '1 keystore entry taken out'],
  [[setting()], ['e', 'f'], 'Take out 1 setting and 2 keystore entries', '1 setting and 2 keystore entries taken out'],
])('of %j and %j the words say what is done', (settings, keystoreEntries, words, line) => {
  expect(undoWords({ settings, keystoreEntries })).toBe(words)
  expect(undoneLine({ settings, keystoreEntries })).toBe(line)
})
