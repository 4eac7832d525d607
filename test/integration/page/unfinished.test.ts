import { afterEach, beforeEach, expect, test } from 'vitest'
import { unfinishedWork } from '../../../engine/plan/unfinished.ts'
import type { UnfinishedKind } from '../../../shared/contract/unfinished.ts'
import { kibanaView } from '../../cli/kibana-answers.ts'
import { axeViolations } from '../../page/axe.ts'
import { mainHome } from '../../page/scripted-answers.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// What an earlier Firstnode left unfinished is named before all else, with the one press that ends it.
testTheBuiltPage({ scenario: 'configured', pace: 15 })
beforeEach(() => page.setDefaultTimeout(10_000))
afterEach(() => {
  expect(complaints).toEqual([])
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const words = (kind: UnfinishedKind): string => unfinishedWork(kind, mainHome).message
const isFocused = (name: string) => page.getByRole('dialog').getByRole('button', { name }).evaluate((one) => one === document.activeElement)

async function toLeft(kind: UnfinishedKind, scenario: Scenario = 'configured'): Promise<void> {
  served.engine.play(scenario)
  served.engine.leave(kind)
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await page.keyboard.press('Enter')
  await heading('Unfinished work')
  await page.getByText(words(kind)).waitFor()
  expect(await axeViolations(page)).toEqual([])
}

test.each([
  ['remedy', 'one-new', 'Restore the files', 'Review the changes'],
  ['temporary-user', 'configured', 'Remove the temporary superuser', 'Elasticsearch 9.4.3 is running'],
] as const)('what takes no decision is ended by the one button, which has the focus: %s', async (kind, scenario, button, next) => {
  await toLeft(kind, scenario)
  expect(await page.getByRole('button', { name: button }).evaluate((one) => one === document.activeElement)).toBe(true)
  expect(served.engine.called).not.toContain('setup.endUnfinished')
  await page.keyboard.press('Enter')
  await heading(next)
  expect(served.engine.called).toContain('setup.endUnfinished')
})

test.each(['opening', 'closing'] as const)('an interrupted %s of transport is ended here, once its question is answered', async (kind) => {
  await toLeft(kind)
  await press('Restore and restart…')
  await page.getByRole('dialog', { name: 'Restore the transport settings?' }).getByText('is stopped and started again').waitFor()
  await expect.poll(() => isFocused('Cancel')).toBe(true)
  expect(served.engine.called).not.toContain('transport.close')
  await page.getByRole('dialog').getByRole('button', { name: 'Restore and restart' }).click()
  await heading('Elasticsearch 9.4.3 is running')
  expect(served.engine.called.filter((path) => path === 'transport.close')).toHaveLength(1)
})

test('an interrupted undo goes on here, once its question is answered', async () => {
  await toLeft('undo', 'stopped')
  await page.getByRole('textbox', { name: 'Password of elasticsearch.keystore' }).fill('right')
  await press('Delete its data and undo…')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete its data and undo' }).click()
  await heading('The set-up is undone')
  expect(served.engine.undoWishes).toEqual([{ othersGone: false, keystorePassword: 'right' }])
})

test('a closing that this host is at is followed, and not called interrupted', async () => {
  await toLeft('opening')
  served.engine.pace = 3000
  await press('Restore and restart…')
  await page.getByRole('dialog').getByRole('button', { name: 'Restore and restart' }).click()
  await heading('Changing who can join')
  await page.reload()
  await heading('Changing who can join')
  expect(await page.getByText(words('opening')).count()).toBe(0)
})

test('a home that a command left unfinished meanwhile is named so where it was shown before', async () => {
  served.engine.play('configured')
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await page.keyboard.press('Enter')
  await heading('Elasticsearch 9.4.3 is running')
  served.engine.leave('temporary-user')
  await press('Refresh')
  await heading('Unfinished work')
  await press('Remove the temporary superuser')
  await heading('Elasticsearch 9.4.3 is running')
  expect(served.engine.called.filter((path) => path === 'setup.endUnfinished')).toHaveLength(1)
})

test.each(['handout', 'kibana'] as const)('what only the command line ends is named with its command: %s', async (kind) => {
  await toLeft(kind)
  expect(await page.getByRole('region', { name: 'What is unfinished' }).textContent()).toContain(unfinishedWork(kind, mainHome).remedy)
})

test.each(['first-node', 'opening', 'temporary-user', 'undo', 'handout'] as const)('work that another Firstnode is at is left to it: %s', async (kind) => {
  served.engine.play('configured')
  served.engine.leave(kind, 4711)
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await page.keyboard.press('Enter')
  await heading('Firstnode is working on it')
  await page.getByText('Another Firstnode (process 4711) is working on').waitFor()
  expect(await page.locator('.page-foot').getByRole('button').allTextContents()).toEqual(['Check again', 'Choose another'])
  expect(await axeViolations(page)).toEqual([])
})

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)('nothing of it is cut off or hard to read in a window of %i px (%s)', async (width, colorScheme) => {
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await toLeft('opening')
  await press('Restore and restart…')
  await expect.poll(() => isFocused('Cancel')).toBe(true)
  expect(await axeViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
})

test('a Kibana whose connecting was killed is named unfinished in its door, and only its end is offered', async () => {
  const unfinished = unfinishedWork('kibana', kibanaView.home)
  served.engine.play('one-new')
  served.engine.kibana.found = [{ ...kibanaView, connected: 'enrolled with https://127.0.0.1:9200', undoable: true, unfinished }]
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await press('Show password')
  await press('I have stored the password')
  await page.getByRole('heading', { level: 2, name: 'Unfinished work' }).waitFor()
  await page.getByText(unfinished.message).waitFor()
  expect(await page.getByRole('button', { name: /^(Start Kibana|Reconnect Kibana|Review the changes)$/ }).count()).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await press('Undo the connection…')
  await expect.poll(() => isFocused('Cancel')).toBe(true)
  expect(served.engine.called).not.toContain('kibana.undo')
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the connection' }).click()
  await page.getByText('was put back as it was.').waitFor()
  await page.getByRole('button', { name: 'Reconnect Kibana' }).waitFor()
  expect(await page.getByRole('heading', { name: 'Unfinished work' }).count()).toBe(0)
})
