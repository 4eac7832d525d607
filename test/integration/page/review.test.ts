import { beforeEach, expect, test } from 'vitest'
import { axeViolations } from '../../page/axe.ts'
import { complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

testTheBuiltPage({ scenario: 'one-new', pace: 15 })
beforeEach(async () => {
  served.engine.play('one-new')
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await heading('Review the changes')
  await press(/^Advanced options/)
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const field = (name: string) => page.getByRole('textbox', { name })
const focusedField = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '')
const apply = () => page.getByRole('button', { name: /^Write \d files and start$/ })
/** Presses at once, whatever the button says of itself: as a person does who is quick. */
const pressAtOnce = () => apply().evaluate((button: HTMLElement) => button.click())
const applied = () => served.engine.called.filter((path) => path === 'setup.apply').length
const plannedPort = () => page.getByText('https://localhost:9251').first()

test.for([
  ['HTTP port', '193010'],
  ['HTTP port', '0'],
  ['HTTP port', 'http'],
  ['Transport port', '65536'],
  ['Heap size', 'lots'],
  ['Password of the elastic user', 'kurz'],
])('while a field is invalid nothing is applied, and the press leads to that field: %s %s', async ([name = '', value = '']) => {
  await field(name).fill(value)
  await apply().click()
  expect(await focusedField()).toBe(name)
  expect(await field(name).getAttribute('aria-invalid')).toBe('true')
  expect(await field(name).inputValue()).toBe(value)
  await pressAtOnce()
  expect(applied()).toBe(0)
})

test('of several invalid fields the first gets the focus, also where they are folded away', async () => {
  await field('Transport port').fill('193010')
  await field('Password of the elastic user').fill('kurz')
  await press(/^Advanced options/)
  await apply().click()
  expect(await focusedField()).toBe('Transport port')
  expect(await field('Password of the elastic user').inputValue()).toBe('kurz')
  expect(await axeViolations(page)).toEqual([])
})

test('a specific address has to be entered before the plan is one', async () => {
  await page.getByRole('radio', { name: /A specific address/ }).check()
  await apply().click()
  await page.getByText('Enter an IP address, host name or network interface.').waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Address to listen on')
  expect(applied()).toBe(0)
  await field('Address to listen on').fill('10.0.0.7')
  await apply().click()
  await expect.poll(() => served.engine.planned()?.httpHost).toBe('10.0.0.7')
})

test('what was typed a moment ago is planned and shown before it can be applied', async () => {
  await field('HTTP port').fill('9251')
  await pressAtOnce()
  expect(applied()).toBe(0)
  await plannedPort().waitFor()
  expect(applied()).toBe(0)
  await apply().click()
  await expect.poll(() => served.engine.planned()?.httpPort).toBe(9251)
})

test('while the plan for what was typed is being made, the one before it is not applied', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  served.engine.onCall = (path) => (path === 'setup.plan' ? promise : undefined)
  await field('HTTP port').fill('9251')
  await expect.poll(() => served.engine.called.filter((path) => path === 'setup.plan').length).toBe(2)
  await pressAtOnce()
  expect(await apply().getAttribute('aria-disabled')).toBe('true')
  resolve()
  await plannedPort().waitFor()
  expect(applied()).toBe(0)
})

test('what is typed outlives the fold that it is in, also within the moment before it is planned', async () => {
  await field('HTTP port').fill('9251')
  await press(/^Advanced options/)
  await plannedPort().waitFor()
  await press(/^Advanced options/)
  expect(await field('HTTP port').inputValue()).toBe('9251')
})

test('a port that is taken is told at its field, and no more once it is changed', async () => {
  await field('HTTP port').fill('443')
  const told = page.getByText('Port 443 (HTTP) is already in use.')
  await told.waitFor()
  expect(await field('HTTP port').getAttribute('aria-invalid')).toBe('true')
  await field('Cluster name').fill('logs')
  await apply().or(page.getByRole('button', { name: 'Write and start' })).click()
  await expect.poll(focusedField).toBe('HTTP port')
  await field('HTTP port').fill('4433')
  expect(await told.count()).toBe(0)
  await apply().click()
  await expect.poll(() => served.engine.planned()).toMatchObject({ httpPort: 4433, clusterName: 'logs' })
})

test('settings that were edited since the plan was made are told, and the new plan is shown before it is applied', async () => {
  served.engine.changeFileOnce()
  await apply().click()
  await page.getByRole('alert').filter({ hasText: 'was changed after the plan was made' }).waitFor()
  await press('Update the plan')
  await apply().waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await apply().click()
  await heading('Elasticsearch is running, and secured')
  expect(served.engine.applied).toEqual(['plan-1', 'plan-2'])
})

test('a plan that another window replaced is not applied: it is told, and made again', async () => {
  const other = await page.context().newPage()
  await other.goto(served.newAddress())
  await other.getByRole('heading', { name: 'Review the changes' }).waitFor()
  await apply().click()
  await page.getByRole('alert').filter({ hasText: 'This plan is out of date' }).waitFor()
  expect(served.engine.stage()).toBe(null)
  await press('Update the plan')
  await apply().click()
  await heading('Elasticsearch is running, and secured')
  expect(complaints).toEqual([])
})
