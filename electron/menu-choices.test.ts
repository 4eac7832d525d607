import { expect, test } from 'vitest'
import { createMenuChoices } from './menu-choices.ts'

test('every page that watches hears what is chosen from then on, in order, until it leaves; one that was still being loaded hears the newest', async () => {
  const choices = createMenuChoices()
  const leaving = new AbortController()
  choices.choose('open-folder')
  choices.choose('about')
  const heard: string[] = []
  const watching = (async () => {
    for await (const choice of choices.watch(leaving.signal)) heard.push(choice)
  })()
  choices.choose('diagnostics')
  choices.choose('open-folder')
  await expect.poll(() => heard).toEqual(['about', 'diagnostics', 'open-folder'])
  leaving.abort()
  await watching
  choices.choose('about')
  expect(heard).toHaveLength(3)
})
