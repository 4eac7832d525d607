import { rm } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium, openContext } from '../../page/chromium-context.ts'
import { buildPage, type ServedPage, servePage } from '../../page/serve.ts'

// The cluster as the last page draws it: the built page in the real browser host before a double of the engine.
let folder: string
let browser: Browser
let context: BrowserContext
let page: Page
let served: ServedPage

beforeAll(async () => {
  folder = await buildPage()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  served = await servePage({ scenario: 'one-new', pace: 1, page: folder })
  context = await openContext(browser)
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
  await served.close()
})

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

test('a node that joins appears in the drawing by itself', async () => {
  await page.goto(served.newAddress())
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await heading('And now?')
  const nodes = page.getByRole('region', { name: 'Cluster elasticsearch' }).locator('.node-name')
  await expect.poll(() => nodes.allTextContents()).toEqual(['search-01'])
  served.engine.joinNode('search-02')
  await expect.poll(() => nodes.allTextContents()).toEqual(['search-01', 'search-02'])
})
