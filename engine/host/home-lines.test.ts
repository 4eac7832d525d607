import { expect, test } from 'vitest'
import type { FoundHome } from '../../shared/contract/installation.ts'
import { homeLines } from './home-lines.ts'

const found: FoundHome = { home: '/es', config: '/es/config', version: '9.4.3', state: 'new', stateReason: null, owner: null, modified: 0, practice: false }
const never = <T>(): Promise<T> => new Promise(() => undefined)

test('a machine that is slower than the patience with a disk gets all lines of a home all the same', async () => {
  let touched = 0
  const done = Promise.withResolvers<string[]>()
  const touch = () => {
    touched += 1
    // Only after the patience has run out three times is the home examined.
    if (touched === 3) done.resolve(['layout archive', 'verdict ready'])
    return Promise.resolve()
  }
  expect(await homeLines(found, {}, { patience: 1, touch, look: () => done.promise })).toEqual(['/es', '  version 9.4.3, new', '  layout archive', '  verdict ready'])
  expect(touched).toBeGreaterThanOrEqual(3)
})

test('a disk that does not answer keeps no report back, which says that it is not complete', async () => {
  const lines = await homeLines(found, {}, { patience: 1, touch: () => never(), look: () => never() })
  expect(lines.at(-1)).toBe('  not complete: its disk does not answer')
})

test('a disk that answers, below a folder that does not, ends as well', async () => {
  const lines = await homeLines(found, {}, { patience: 1, touch: () => Promise.resolve(), look: () => never() })
  expect(lines.at(-1)).toBe('  not complete: it was still being examined')
})
