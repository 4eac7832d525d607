import { expect, test } from 'vitest'
import { page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// The cluster as the last page draws it: the built page in the real browser host before a double of the engine.
testTheBuiltPage({ scenario: 'one-new', pace: 1 })

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

test('a node that joins appears in the drawing by itself', async () => {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await heading('Next steps')
  const nodes = page.getByRole('region', { name: 'Cluster elasticsearch' }).locator('.node-name')
  await expect.poll(() => nodes.allTextContents()).toEqual(['search-01'])
  served.engine.joinNode('search-02')
  await expect.poll(() => nodes.allTextContents()).toEqual(['search-01', 'search-02'])
})

test('a token for a node is made at a press, and never by itself', async () => {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await heading('Next steps')
  await page.getByRole('tab', { name: /Add a node/ }).click()
  const asked = (): string[] => served.engine.called.filter((path) => path === 'cluster.token')
  await page.getByRole('button', { name: 'Make a token for a node' }).waitFor()
  expect(asked()).toEqual([])
  await press('Make a token for a node')
  await page.getByRole('button', { name: 'Show node token' }).waitFor()
  expect(asked()).toEqual(['cluster.token'])
})
