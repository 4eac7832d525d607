import { expect, test } from 'vitest'
import { createMenuChoices } from './menu-choices.ts'

test('every page that watches hears what is chosen from then on, in order, until it leaves', async () => {
  const choices = createMenuChoices()
  const leaving = new AbortController()
  choices.choose('about')
  const heard: string[] = []
  const watching = (async () => {
    for await (const choice of choices.watch(leaving.signal)) heard.push(choice)
  })()
  choices.choose('diagnostics')
  choices.choose('open-folder')
  await expect.poll(() => heard).toEqual(['diagnostics', 'open-folder'])
  leaving.abort()
  await watching
  choices.choose('about')
  expect(heard).toHaveLength(2)
})
