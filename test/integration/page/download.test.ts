import { beforeEach, expect, test } from 'vitest'
import { vendorLicence } from '../../../shared/vendor-licence.ts'
import { axeViolations } from '../../page/axe.ts'
import { firstOf } from '../../support/in-turn.ts'
import { page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// Getting Elasticsearch and Kibana: the built page in the real browser host before a double of the engine.
testTheBuiltPage({ scenario: 'several', pace: 60 })

const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { level, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = (path: string) => served.engine.called.filter((one) => one === path).length

beforeEach(async () => {
  await page.goto(served.newAddress())
})

test('Elasticsearch is downloaded in two presses, with the licence before it, and set up', async () => {
  served.engine.pace = 400
  await press('Download Elasticsearch')
  await heading('Download Elasticsearch')
  expect(await page.getByRole('link', { name: vendorLicence.name }).getAttribute('href')).toBe(vendorLicence.address)
  expect(await page.getByRole('radio', { name: /9\.4\.3 the newest/ }).isChecked()).toBe(true)
  expect(calls('download.begin')).toBe(0)
  await press('Download Elasticsearch 9.4.3')
  await heading('Downloading Elasticsearch 9.4.3')
  await page.getByText(/ of 652 MB · 18 MB\/s, \d+ s left · /).waitFor()
  served.engine.pace = 1
  await heading('Review the changes')
  expect(calls('download.begin')).toBe(1)
})

test('nothing is asked of anybody outside before somebody wants a download', async () => {
  await page.getByRole('radio').first().waitFor()
  expect(calls('download.offer')).toBe(0)
})

test('a reload in the middle of a download goes on with it, and a cancel leads back to the list', async () => {
  served.engine.pace = 400
  await press('Download Elasticsearch')
  await page.getByRole('radio', { name: /8\.19\.2/ }).check({ force: true })
  await press('Download Elasticsearch 8.19.2')
  await page.getByText(/of 652 MB/).waitFor()
  await page.reload()
  await heading('Downloading Elasticsearch 8.19.2')
  await press('Cancel')
  await heading('Which Elasticsearch?')
  expect([calls('download.begin'), served.engine.workStage()]).toEqual([1, 'cancelled'])
})

test('where the vendor cannot be reached, a mirror can be named, or asked again', async () => {
  served.engine.play('nothing')
  await page.goto(served.newAddress())
  await press('Download Elasticsearch')
  await page.getByRole('alert').getByText('artifacts.elastic.co cannot be reached').waitFor()
  expect(await page.getByRole('button', { name: 'Try again', exact: true }).isEnabled()).toBe(true)
  await page.getByLabel('Mirror').fill('https://mirror.example.com/elastic')
  await page.getByLabel('Mirror').press('Enter')
  await page.getByRole('button', { name: 'Download Elasticsearch 9.4.3' }).waitFor()
  await page.getByLabel('Another version').fill('8.16.6')
  await page.getByRole('button', { name: 'Download Elasticsearch 8.16.6' }).waitFor()
})

test('a file that is here is checked and unpacked, and what could not be checked is read before it goes on', async () => {
  await press('Download Elasticsearch')
  await press(/^Advanced options/)
  await page.getByLabel('Use a local file').fill('/home/ana/elasticsearch-9.4.3-linux-x86_64.tar.gz')
  await press('Check and unpack the file')
  await heading('Elasticsearch is unpacked')
  await page.getByText(/SHA-512 could not be checked/).waitFor()
  await press('Go on with it')
  await heading('Review the changes')
  expect(calls('download.begin')).toBe(1)
})

test.for(firstOf('light', 'dark'))('axe-core finds nothing on the page of a download (%s)', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  await press('Download Elasticsearch')
  await press(/^Advanced options/)
  await page.getByLabel('Mirror').waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('Kibana is downloaded at its door, beside Elasticsearch and in its version, and is then the one that is chosen', async () => {
  served.engine.play('one-new')
  served.engine.pace = 20
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await press(/^Download Kibana/)
  expect(await page.getByLabel('Unpack into').inputValue()).toBe('/home/ana')
  await page.getByRole('button', { name: 'Download Kibana 9.4.3', exact: true }).click()
  await expect.poll(() => calls('kibana.look')).toBe(1)
  expect(calls('download.begin')).toBe(1)
})
