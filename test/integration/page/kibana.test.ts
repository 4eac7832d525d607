import { expect, test } from 'vitest'
import { kibanaDone, kibanaLink, kibanaView } from '../../cli/kibana-answers.ts'
import { token } from '../../page/scripted-answers.ts'
import { context, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// The door to Kibana: the built page in the real browser host before a double of the engine.
testTheBuiltPage({ scenario: 'one-new', pace: 1 })

const heading = (level: 1 | 2, name: string | RegExp) => page.getByRole('heading', { level, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const kibanaCalls = () => served.engine.called.filter((path) => path.startsWith('kibana.'))

async function toTheDoor(): Promise<void> {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading(1, 'Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await heading(1, 'Next steps')
}

test('a Kibana is chosen, seen, written, started and opened, with a token that nobody had to copy', async () => {
  await toTheDoor()
  expect(await page.getByRole('radio').isChecked()).toBe(true)
  await press('Review the changes')
  await heading(2, 'Review the changes')
  await page.getByText('elasticsearch.serviceAccountToken: ••••').waitFor()
  await press('Write 2 files and start Kibana')
  await heading(2, 'Kibana runs')
  expect(await page.getByRole('link', { name: 'Open Kibana' }).getAttribute('href')).toBe(kibanaView.url)
  expect(served.engine.kibana.tokens).toEqual([token])
  expect(served.engine.kibana.vouched).toEqual([expect.stringMatching(/./)])
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.preview', 'kibana.apply', 'kibana.start', 'kibana.watch'])
})

test('Kibana asks for the token itself: one press copies it and opens the link, and the page sees that it is enrolled', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  served.engine.kibana.enrolled = promise
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await toTheDoor()
  await press('Let Kibana ask for the token')
  await heading(2, 'Kibana asks for the enrollment token')
  await context.route('http://localhost:5601/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Configure Elastic to get started</h1>' }))
  const [opened] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Copy the token and open its link' }).click()])
  expect(opened.url()).toBe(kibanaLink)
  await page.bringToFront()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
  resolve()
  await page.getByText('Somebody gave it the token, and it answers.').waitFor()
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.start', 'kibana.watch'])
})

test('a Kibana that is enrolled already is started, connected anew or undone', async () => {
  served.engine.kibana.found = [kibanaDone.kibana]
  await toTheDoor()
  await page.getByText('and would not ask for a token.').waitFor()
  await press('Undo what Firstnode wrote')
  await page.getByText('will be put back as it was.').waitFor()
  await press('Undo the connection…')
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the connection' }).click()
  await page.getByText('was put back as it was.').waitFor()
  await press('Reconnect Kibana')
  await heading(2, 'Review the changes')
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.previewUndo', 'kibana.undo', 'kibana.find', 'kibana.preview'])
})

test.each(['kibana_version_apart', 'kibana_settings_read_only', 'kibana_keystore_connected', 'token_wrong_scope'] as const)('a refusal (%s) is told in the door, and the list stays', async (code) => {
  served.engine.kibana.refuses = code
  await toTheDoor()
  await press('Review the changes')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('radio').isVisible()).toBe(true)
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.preview'])
})

test('a Kibana that dies while it starts is told with its log, and one that is stopped is gone', async () => {
  served.engine.kibana.ends = 'failed'
  await toTheDoor()
  await press('Review the changes')
  await press('Write 2 files and start Kibana')
  await heading(2, 'Kibana did not start')
  await page.getByRole('alert').getByText('EADDRINUSE').waitFor()
  await page.getByText('Kibana is now available').waitFor()
  await press('Back to the list')
  Object.assign(served.engine.kibana, { pace: 200, ends: 'answering' })
  await press('Review the changes')
  await press('Write 2 files and start Kibana')
  await press('Stop it')
  await heading(2, 'Kibana was stopped')
  expect(served.engine.kibana.stopped).toBe(true)
})

test('a page that is reloaded finds the Kibana it was starting, with its log, and opens it', async () => {
  served.engine.kibana.pace = 100
  await toTheDoor()
  await press('Review the changes')
  await press('Write 2 files and start Kibana')
  await heading(2, 'Kibana is starting')
  await page.reload()
  await heading(1, 'Next steps')
  await heading(2, 'Kibana runs')
  await press(/^Log/)
  await page.getByText('Kibana is starting').waitFor()
  expect(await page.getByRole('link', { name: 'Open Kibana' }).getAttribute('href')).toBe(kibanaView.url)
  await press('Back to the list')
  await page.reload()
  await page.getByRole('radio').waitFor()
  expect(kibanaCalls().filter((path) => path === 'kibana.start')).toHaveLength(1)
})

test('reloaded while Kibana asks for the token, the page has its link still, and makes another token', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  served.engine.kibana.enrolled = promise
  await toTheDoor()
  await press('Let Kibana ask for the token')
  await heading(2, 'Kibana asks for the enrollment token')
  await page.reload()
  await heading(2, 'Kibana asks for the enrollment token')
  await page.getByRole('link', { name: 'Open its link' }).waitFor()
  await press('Make a token for Kibana')
  expect(await page.getByRole('link', { name: 'Copy the token and open its link' }).getAttribute('href')).toBe(kibanaLink)
  resolve()
  await page.getByText('Somebody gave it the token, and it answers.').waitFor()
})

test('of a cluster whose health is red a Kibana is connected only where somebody says so once more', async () => {
  await toTheDoor()
  served.engine.turnRed()
  await press('Review the changes')
  await page.getByRole('alert').getByText('The health of the cluster is red').waitFor()
  expect(kibanaCalls()).toEqual(['kibana.find'])
  await press('Make it all the same')
  await heading(2, 'Review the changes')
})

test('where the cluster made a token in vain, its name is told, and how to delete it', async () => {
  served.engine.kibana.failsToWrite = true
  await toTheDoor()
  await press('Review the changes')
  await press('Write 2 files and start Kibana')
  await page.getByRole('alert').getByText('the service account token enroll-process-token-1764064000000 is left').waitFor()
  await page.getByText('DELETE /_security/service/elastic/kibana/credential/token/enroll-process-token-1764064000000').waitFor()
  expect(kibanaCalls()).not.toContain('kibana.start')
})

test('where none is found, one is named by its folder', async () => {
  served.engine.kibana.found = []
  await toTheDoor()
  await page.getByLabel('Kibana folder').fill('/nowhere')
  await press('Add')
  await page.getByText('is not a Kibana folder.').waitFor()
  served.engine.kibana.found = [kibanaView]
  await page.getByLabel('Kibana folder').fill(kibanaView.home)
  await press('Add')
  await page.getByRole('radio').waitFor()
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.look', 'kibana.look'])
})

test('a search for Kibana that ended too early is said in the door', async () => {
  served.engine.endSearch({ code: 'search_incomplete', message: 'This list of Kibana may not be complete.', remedy: 'Search again or specify its folder.' })
  await toTheDoor()
  await page.getByRole('tabpanel').getByText('This list of Kibana may not be complete.').waitFor()
  served.engine.endSearch(null)
  await press('Search again')
  await expect.poll(() => page.getByText('may not be complete').count()).toBe(0)
  expect(kibanaCalls()).toEqual(['kibana.find', 'kibana.find'])
})
