import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clientNames } from '../../../shared/contract/clients.ts'
import { axeViolations } from '../../page/axe.ts'
import { caFingerprint, homeFolder, password } from '../../page/scripted-answers.ts'
import { complaints, context, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// Connecting clients, and saving everything for later: the built page in the real browser host before a double of the engine.
testTheBuiltPage({ scenario: 'one-new', pace: 1 })

const heading = (level: 1 | 2 | 3, name: string | RegExp) => page.getByRole('heading', { level, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const clipboard = () => page.evaluate(() => navigator.clipboard.readText())

async function toCredentials(): Promise<void> {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading(1, 'Elasticsearch is running, and secured')
}

async function toClients(): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await toCredentials()
  await press('Show password')
  await press('I have stored the password')
  await page.getByRole('tab', { name: /^Connect a client/ }).click()
  await page.getByRole('tab', { name: 'curl', exact: true }).waitFor()
}

test('all clients are walked through by the arrow keys alone, each with its lines; none holds the password', async () => {
  await toClients()
  await page.getByRole('tab', { name: 'curl', exact: true }).focus()
  const seen = new Set<string>()
  for (const _ of clientNames) {
    const file = page.getByRole('tabpanel').last().getByRole('region').nth(1)
    seen.add(`${await file.getAttribute('aria-label')}`)
    expect(await file.textContent()).not.toContain(password)
    await page.keyboard.press('ArrowRight')
  }
  expect(seen.size).toBe(clientNames.length)
  expect(await page.getByRole('tab', { name: 'curl', exact: true }).getAttribute('aria-selected')).toBe('true')
  expect(await axeViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a client that takes either knows the node by its certificate or by its fingerprint, first as is better; its file is copied and saved as it is shown', async () => {
  await toClients()
  await page.getByRole('tab', { name: 'JavaScript' }).click()
  const code = page.getByRole('region', { name: 'connect.mjs' })
  const byCertificate = await code.textContent()
  await press('By the CA fingerprint')
  expect(await code.textContent()).not.toBe(byCertificate)
  await press('Copy connect.mjs')
  expect(await clipboard()).toBe(await code.textContent())
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save connect.mjs')])
  expect(download.suggestedFilename()).toBe('connect.mjs')
  expect(await readFile(await download.path(), 'utf8')).toBe(await code.textContent())
  await page.getByRole('tab', { name: 'Python', exact: true }).click()
  expect(await page.getByRole('button', { name: 'By the CA certificate' }).getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('tab', { name: 'PHP' }).click()
  await page.getByText('The client takes no fingerprint').first().waitFor()
  expect(await page.getByRole('button', { name: 'By the CA fingerprint' }).count()).toBe(0)
})

test('an API key is made as it was wished for, hidden until it is shown, and gone when another is made', async () => {
  await toClients()
  await press(/^Create an API key/)
  await page.getByRole('textbox', { name: 'Name' }).fill('my-app')
  await page.getByRole('radio', { name: /^Read and write/ }).check()
  await page.getByRole('textbox', { name: 'Index prefix' }).fill('my-app-')
  await press('1 day')
  await press('Create the key')
  await heading(3, 'API key for my-app')
  expect(served.engine.called.filter((path) => path === 'cluster.apiKey')).toHaveLength(1)
  await press('Copy API key')
  const key = await clipboard()
  expect(await page.content()).not.toContain(key)
  await press('Copy line with the API key')
  expect(await clipboard()).toBe(`export ELASTIC_API_KEY='${key}'`)
  await press('Show API key')
  expect(await page.getByRole('group', { name: 'API key', exact: true }).textContent()).toBe(key)
  await press('Create another')
  expect(await page.content()).not.toContain(key)
})

test('clients of a node that was configured long ago are connected from its page, with an API key that needs no password', async () => {
  served.engine.play('configured')
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await press(/^Connect a client/)
  await page.getByRole('tab', { name: 'Python', exact: true }).click()
  await page.getByRole('region', { name: 'connect.py' }).waitFor()
  await press(/^Create an API key/)
  await page.getByText('You do not need a password').waitFor()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('my-app')
  await press('Create the key')
  await heading(3, 'API key for my-app')
  expect(served.engine.called).not.toContain('setup.credentials')
  await press(/^Another address/)
  await page.getByLabel('Address of the node').fill('https://search-01:9200')
  await press('Use this address')
  await expect.poll(() => page.getByRole('region', { name: 'connect.py' }).textContent()).toContain('https://search-01:9200')
  expect(await axeViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('where the CA can be read only with the password of the keystore, clients and what is saved ask for it', async () => {
  served.engine.play('configured-locked')
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await press(/^Connect a client/)
  const keystore = page.getByLabel('Password of elasticsearch.keystore')
  await keystore.fill('wrong')
  await press('Open the keystore')
  await page.getByText('was not accepted').waitFor()
  await keystore.fill('right')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Python', exact: true }).waitFor()
  await press(/^Connect a client/)
  await press(/^Save everything/)
  await page.getByLabel('Password of the elastic user').fill(password)
  await page.getByRole('radio', { name: /^Text file/ }).check()
  await press('Save the file')
  await keystore.fill('right')
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save the file')])
  expect(await readFile(await download.path(), 'utf8')).toContain(caFingerprint)
})

test('agents of Fleet are told that they need nothing, and the way on leads to the vendor\'s pages', async () => {
  await toClients()
  await page.getByText(/Fleet/).last().waitFor()
  const links = await page.getByRole('region', { name: 'Further on' }).getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(links.length).toBeGreaterThan(1)
  expect(links.filter((link) => !link.startsWith('https://www.elastic.co/'))).toEqual([])
  await press('Try it')
  await page.getByText('You Know, for Search').waitFor()
})

test('nothing is saved before it is asked for; then a text file has all of it, and whoever saved it has the password', async () => {
  await toCredentials()
  await press(/^Save everything/)
  await page.getByRole('radio', { name: /^Text file/ }).check()
  expect(served.engine.handout.saved).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save the file')])
  expect(download.suggestedFilename()).toBe('elasticsearch-access.txt')
  const text = await readFile(await download.path(), 'utf8')
  for (const part of [password, caFingerprint, 'https://localhost:9200', 'BEGIN CERTIFICATE']) expect(text).toContain(part)
  await page.getByText('in your downloads folder').waitFor()
  await expect.poll(() => served.engine.called).toContain('setup.handedOver')
  expect(await axeViolations(page)).toEqual([])
})

test('a passphrase closes the file; without one there is nothing to save', async () => {
  await toCredentials()
  await press(/^Save everything/)
  await press('Save the file')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
  expect(served.engine.handout.saved).toEqual([])
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('correct horse')
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save the file')])
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^-----BEGIN PGP MESSAGE-----/)
  await expect.poll(() => page.getByRole('textbox', { name: 'Passphrase' }).inputValue()).toBe('')
})

test('on paper stands the text alone, and when the dialog is gone so is the text', async () => {
  await page.addInitScript(() => {
    window.print = () => undefined
  })
  await toCredentials()
  await press(/^Save everything/)
  expect(await page.locator('.print-sheet').count()).toBe(0)
  await press('Print')
  await page.locator('.print-sheet').waitFor({ state: 'attached' })
  expect(await page.locator('.print-sheet').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.print-sheet').isVisible()).toBe(true)
  expect(await page.locator('.print-sheet').textContent()).toContain(password)
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.locator('.print-sheet').waitFor({ state: 'detached' })
})

test('a project\'s .env is shown before it is written, and one that Git tracks is written only by whoever insists', async () => {
  served.engine.handout.git = 'tracked'
  await toCredentials()
  await press(/^Save everything/)
  await page.getByRole('radio', { name: /^Project .env/ }).check()
  await page.getByRole('textbox', { name: 'Project folder' }).fill('~/app')
  await page.getByRole('checkbox', { name: /^Add .env to .gitignore/ }).uncheck()
  await press('Review the changes')
  await page.getByText(`${homeFolder}/app/.env`).first().waitFor()
  await page.getByRole('button', { name: 'Write the file anyway' }).waitFor()
  expect(served.engine.handout.saved).toEqual([])
  await page.getByRole('checkbox', { name: /^Add .env to .gitignore/ }).check()
  await press('Review the changes')
  await press('Write the file')
  await page.getByText('Wrote').waitFor()
  expect(served.engine.handout.saved).toEqual(['env'])
})
