import { beforeEach, expect, test } from 'vitest'
import { page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// A home in the making, and reloads in the middle of it: the built page in the real browser host before a double of the engine.
testTheBuiltPage({ scenario: 'nothing', pace: 400 })
beforeEach(async () => {
  await page.goto(served.newAddress())
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const calls = (path: string) => served.engine.called.filter((one) => one === path).length

async function beginUnpacking(): Promise<void> {
  await press('Choose a folder or an archive')
  await page.getByRole('group', { name: 'Places' }).getByRole('button', { name: 'Downloads' }).click()
  await press(/tar.gz/)
  await press('Unpack here')
  await heading('Unpacking Elasticsearch')
}

test('a reload while an archive is unpacked goes on with the same progress, and then to Check by itself', async () => {
  await beginUnpacking()
  await page.getByText(/of 1180 files/).waitFor()
  await page.reload()
  await heading('Unpacking Elasticsearch')
  await heading('Review the changes')
  expect(calls('installation.unpack')).toBe(1)
  expect(await page.getByRole('complementary').textContent()).toContain('elasticsearch-9.4.3')
})

test('a page that comes after the end goes on to Check with the home', async () => {
  await beginUnpacking()
  await page.goto('about:blank')
  served.engine.pace = 1
  await expect.poll(() => served.engine.workStage()).toBe('done')
  await page.goto(served.url)
  await heading('Review the changes')
  expect(calls('installation.unpack')).toBe(1)
})

test('a reload before the first answer was heard finds the work all the same', async () => {
  await press('Choose a folder or an archive')
  await page.getByRole('group', { name: 'Places' }).getByRole('button', { name: 'Downloads' }).click()
  await press(/tar.gz/)
  const { promise, resolve } = Promise.withResolvers<void>()
  served.engine.onCall = (path) => (path === 'installation.unpack' ? promise : undefined)
  await press('Unpack here')
  await expect.poll(() => served.engine.workStage()).toBe('underway')
  await page.reload()
  await heading('Unpacking Elasticsearch')
  resolve()
  expect(calls('installation.unpack')).toBe(1)
})

test('cancelling after a reload gives the work up and leads back to the list', async () => {
  await beginUnpacking()
  await page.reload()
  await heading('Unpacking Elasticsearch')
  await press('Cancel')
  await heading('Which Elasticsearch?')
  expect(served.engine.workStage()).toBe('cancelled')
  await page.reload()
  await heading('Which Elasticsearch?')
})

test('how the node is to run, chosen before, belongs to the home that was made, over a reload', async () => {
  await press(/^Advanced options/)
  await page.getByLabel('Config folder (ES_PATH_CONF)').fill('/etc/es')
  await press(/Download the practice copy/)
  await heading(/^Fetching/)
  await page.reload()
  await heading(/^Fetching/)
  await heading('Review the changes')
  expect(served.engine.target()).toEqual({ home: '/home/ana/elasticsearch-9.4.3', config: '/etc/es' })
})
