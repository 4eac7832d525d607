import { beforeEach, expect, test } from 'vitest'
import { page, served, testTheBuiltPage } from '../../page/tested-page.ts'

testTheBuiltPage({ scenario: 'one-new', pace: 15 })
beforeEach(async () => {
  served.engine.play('one-new')
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press('Add it to a cluster instead')
  await heading('Add this machine to a cluster')
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const paste = () => page.getByRole('textbox', { name: 'Enrollment token' }).fill('eyJ2ZXIiOiI4LjE0LjAi')

test('a token is explained before it is used, and the cluster is found, shown and joined', async () => {
  await press('Find the cluster')
  expect(served.engine.called).not.toContain('join.plan')
  await paste()
  await page.getByText('192.0.2.10:9200').waitFor()
  await page.getByText(/at most 26 more minutes; created 4 minutes ago/).waitFor()
  await press('Find the cluster')
  await heading('Review the changes')
  await page.getByRole('listitem').filter({ hasText: 'becomes the node search-02 of the cluster search' }).waitFor()
  await page.getByText('10.0.0.4:9200').waitFor()
  await press(/^Write .* and start$/)
  await heading(/joined the cluster$/)
  await page.getByRole('region', { name: 'Cluster search' }).getByText('search-02').waitFor()
})

test('the token is gone with the page: the place that the host keeps holds nothing of it', async () => {
  await paste()
  await page.getByText('CA fingerprint').waitFor()
  await page.reload()
  await heading('Add this machine to a cluster')
  expect(await page.getByRole('textbox', { name: 'Enrollment token' }).inputValue()).toBe('')
})

test('whoever wants a first node after all goes back to its plan', async () => {
  await press('Create a new cluster instead')
  await heading('Review the changes')
  await expect.poll(() => page.getByText(/of a new cluster/).count(), { timeout: 10_000 }).toBe(1)
})
