import { afterEach, beforeEach, expect, test } from 'vitest'
import { axeViolations } from '../../page/axe.ts'
import { complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// The built page in the real browser host; only the engine behind it is a double.
afterEach(() => {
  expect(complaints).toEqual([])
})
testTheBuiltPage({ scenario: 'one-new', pace: 15 })
beforeEach(async () => {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' }).waitFor()
  await press('Show password')
  await press('I have stored the password')
  await toNodeDoor()
})

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const toNodeDoor = () => page.getByRole('tab', { name: /Add a node/ }).click()
const told = (words: string | RegExp) => page.getByText(words).first().waitFor()
const heading = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor()


test('an address of an interface is offered first, and the node is opened to it after a preview, and closed again', async () => {
  await heading('Only nodes of this machine can join')
  await press('Allow nodes on other machines')
  const choices = await page.getByRole('radio').evaluateAll((all) => all.map((one) => one.parentElement?.textContent ?? ''))
  expect(choices[0]).toContain('192.168.1.20')
  expect(choices.at(-2)).toContain('0.0.0.0')
  expect(await page.getByRole('radio').first().isChecked()).toBe(true)
  expect(await axeViolations(page)).toEqual([])

  await press('Review the changes')
  await told('transport.host: 192.168.1.20')
  await told(/bootstrap checks end a start/)
  await told(/^9 checks passed/)
  expect(served.engine.called).not.toContain('transport.open')
  expect(await axeViolations(page)).toEqual([])
  await press('Write and restart')
  await heading('Nodes of other machines can join')
  await told('Transport is bound to 192.168.1.20:9300; other nodes are told 192.168.1.20:9300, and that answers.')

  await press('Look at it again')
  await press('Put it back as it was')
  await told('will be put back as it was before the opening')
  await press('Restore and restart…')
  await page.getByRole('dialog', { name: 'Restore the transport settings?' }).getByText('cannot join any more').waitFor()
  await expect.poll(() => page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).evaluate((one) => one === document.activeElement)).toBe(true)
  expect(served.engine.called).not.toContain('transport.close')
  await page.getByRole('dialog').getByRole('button', { name: 'Restore and restart' }).click()
  await heading('Only nodes of this machine can join again')
})

test('a bootstrap check that would end the start is told with what to do, and checked again', async () => {
  served.engine.fewMapsOnce()
  await press('Allow nodes on other machines')
  await press('Review the changes')
  await told('vm.max_map_count is 65530, and must be 262144 at least.')
  await told(/sysctl -w vm.max_map_count=262144/)
  expect(await page.getByRole('button', { name: 'Write and restart' }).count()).toBe(0)
  await press('Check again')
  await page.getByRole('button', { name: 'Write and restart' }).waitFor()
})

test('an address that this machine has not is refused, with those it has', async () => {
  await press('Allow nodes on other machines')
  await page.getByLabel(/^A specific address/).check()
  await page.getByLabel('Addresses for transport').fill('10.0.0.99')
  await page.keyboard.press('Enter')
  await told(/Choose an address of this machine: 192.168.1.20, 10.8.0.4/)
  await press('Cancel')
  await heading('Only nodes of this machine can join')
  expect(served.engine.called).not.toContain('transport.open')
})

test('a page that is reloaded while the node starts anew finds it again, and can put it back', async () => {
  served.engine.pace = 3000
  await press('Allow nodes on other machines')
  await press('Review the changes')
  await press('Write and restart')
  await heading('Letting nodes of other machines in')
  await page.reload()
  await toNodeDoor()
  await heading('Letting nodes of other machines in')
  await press('Cancel')
  await page.getByRole('alert').waitFor()
  expect(served.engine.workStage()).toBe('cancelled')
  await press('Look at it again')
  await heading('Only nodes of this machine can join')
})
