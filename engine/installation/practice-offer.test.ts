import { expect, test } from 'vitest'
import { practiceOffer } from './practice-copy.ts'

test('what is installed offers no practice copy, and gives no reason that nobody asked for', async () => {
  expect(await practiceOffer({ checkout: null })).toMatchObject({ offered: false, trouble: null })
})
