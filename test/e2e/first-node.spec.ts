import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { inRoot } from '../../build/root.mjs'
import { freePorts } from '../support/free-ports.ts'
import { curlStatus } from '../cli/outside.ts'
import { folderTree } from '../support/folder-tree.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../support/fresh-home.ts'
import { long } from '../support/long.ts'
import { startProduct, type RunningHost } from './running-host.ts'
import { expect, expectAccessible, test } from './wizard.ts'

/** With FIRSTNODE_PICTURES=docs the pictures go into docs/images, for the user guide; else beside the test results. */
const pictures = process.env.FIRSTNODE_PICTURES === 'docs' ? inRoot('docs', 'images') : inRoot('test-results', 'pictures')

/** ms; a node starts in seconds, and in minutes where the machine does much else */
const starting = 600_000

let fresh: FreshHome
let host: RunningHost

async function begin(page: Page, version: PracticeVersion): Promise<void> {
  fresh = await freshHome(version, `elasticsearch-${version}`)
  host = await startProduct(['--no-open'], { ES_HOME: fresh.home, ES_JAVA_HOME: fresh.java })
  await page.goto(host.address)
  await expect(page.getByRole('heading', { level: 1, name: 'Which Elasticsearch?' })).toBeVisible()
}

test.afterEach(async () => {
  await host.end()
  const command = [inRoot('build', 'firstnode.mjs'), 'stop', '--home', fresh.home, '--json']
  try {
    execFileSync(process.execPath, command, { env: { ...process.env, ES_JAVA_HOME: fresh.java }, stdio: 'pipe' })
  } catch {
    // it was stopped or never ran
  }
  await fresh.remove()
})

async function choose(page: Page): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(fresh.home.split('/').at(-2) ?? '') }).check({ force: true })
}

/** A small heap and free ports, so that it runs beside whatever else is on the machine. */
async function answer(page: Page, wishes: { heap: string }): Promise<{ http: number }> {
  const { http, transport } = await freePorts()
  await page.getByRole('button', { name: /Advanced options/ }).click()
  await page.getByLabel('HTTP port').fill(String(http))
  await page.getByLabel('Transport port').fill(String(transport))
  await page.getByLabel('Heap size').fill(wishes.heap)
  await expect(page.getByText(`https://localhost:${http}`).first()).toBeVisible()
  await expect(page.getByText(new RegExp(`heap will be ${wishes.heap}`))).toBeVisible()
  return { http }
}

/** In both colours; `at` is brought to the top of the window, else the page's heading. */
async function picture(page: Page, name: string, at?: Locator): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    if (at === undefined) await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded()
    else await at.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity))
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
  }
}

async function keptByThePage(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.title, location.href, history.length, document.cookie]))
}

test('from the first page to credentials that work, on 9.4.3, every step accessible', async ({ page }) => {
  await begin(page, '9.4.3')
  await choose(page)
  await expectAccessible(page)
  await picture(page, 'find')
  await page.getByRole('button', { name: /^Set up/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Review the changes' })).toBeVisible()
  await answer(page, { heap: '512m' })
  await page.getByRole('button', { name: /Advanced options/ }).click()
  await expectAccessible(page)
  await picture(page, 'review')
  await page.getByRole('button', { name: /^Write/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Setting it up' })).toBeVisible()
  await expect(page.locator('[data-phase=done]').nth(3)).toBeVisible({ timeout: starting })
  await expectAccessible(page)
  await picture(page, 'start')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' })).toBeVisible({ timeout: starting })
  await expectAccessible(page)
  await picture(page, 'credentials')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy password' }).click()
  const password = await page.evaluate(() => navigator.clipboard.readText())
  expect(password).toHaveLength(20)
  const url = await page.getByRole('region', { name: 'Credentials' }).getByText(/^https:/).innerText()
  const ca = join(fresh.home, 'config', 'certs', 'http_ca.crt')
  expect(await curlStatus(url, ca, password)).toBe(200)
  expect(await curlStatus(url, ca, 'wrong-password')).toBe(401)
  expect(await keptByThePage(page)).not.toContain(password)

  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByText('You Know, for Search')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Copy password' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy password' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(password)
  const save = page.getByRole('button', { name: /^Save everything for later/ })
  await save.click()
  await page.getByRole('radio', { name: /^Text file/ }).check()
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the file' }).click()])
  expect(readFileSync(await saved.path(), 'utf8')).toContain(`\n  ${password}\n`)
  await expectAccessible(page)
  await picture(page, 'save', save)
  await page.getByRole('button', { name: 'I have stored the password' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Next steps' })).toBeVisible()
  await expect(page.getByText('elected master')).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'now')

  await page.getByRole('tab', { name: /^Connect a client/ }).click()
  await page.getByRole('tab', { name: 'JavaScript' }).click()
  await expect(page.getByRole('region', { name: 'connect.mjs' })).toContainText(url)
  await expectAccessible(page)
  await picture(page, 'clients', page.getByRole('tab', { name: 'curl', exact: true }))
})

test('a home that needs a decision is told with its reason, and nothing is touched', async ({ page }) => {
  fresh = await freshHome('9.4.3', 'elasticsearch-9.4.3')
  const settings = join(fresh.home, 'config', 'elasticsearch.yml')
  appendFileSync(settings, '\nxpack.security.autoconfiguration.enabled: false\n')
  const before = await folderTree(fresh.home)
  host = await startProduct(['--no-open'], { ES_HOME: fresh.home, ES_JAVA_HOME: fresh.java })
  await page.goto(host.address)
  await choose(page)
  await page.getByRole('button', { name: /^(Set up|Check)/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch would start unsecured' })).toBeVisible()
  await expect(page.getByText('xpack.security.autoconfiguration.enabled').first()).toBeVisible()
  // What could be undone is looked at meanwhile.
  await expect(page.getByRole('button', { name: /…$/ })).toBeEnabled()
  await expectAccessible(page)
  await picture(page, 'check')
  expect(await folderTree(fresh.home)).toEqual(before)
})

test('by the keyboard alone, on 8.16.6', async ({ page }) => {
  await begin(page, '8.16.6')
  await choose(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Review the changes' })).toBeVisible()
  await reach(page, /Advanced options/)
  await page.keyboard.press('Enter')
  const { http, transport } = await freePorts()
  await type(page, 'HTTP port', String(http))
  await type(page, 'Transport port', String(transport))
  await type(page, 'Heap size', '512m')
  await expect(page.getByText(/heap will be 512m/)).toBeVisible()
  await reach(page, /^Write/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' })).toBeVisible({ timeout: starting })
  await reach(page, 'Show password')
  await page.keyboard.press('Enter')
  await reach(page, 'I have stored the password')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Next steps' })).toBeVisible()
})

// Cancelling is in every `npm test` by the command line; here it costs a start more.
if (long) {
  test('a cancelled set-up leaves the home byte for byte as it was, and says so', async ({ page }) => {
    await begin(page, '9.4.3')
    const before = await folderTree(fresh.home)
    await choose(page)
    await page.getByRole('button', { name: /^Set up/ }).click()
    await answer(page, { heap: '512m' })
    await page.getByRole('button', { name: /^Write/ }).click()
    await expect(page.locator('[data-phase=done]').nth(2)).toBeVisible({ timeout: starting })
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: /put everything back/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Cancelled' })).toBeVisible({ timeout: starting })
    await picture(page, 'cancelled')
    expect(await folderTree(fresh.home)).toEqual(before)
  })
}

async function reach(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name })
  for (let presses = 0; presses < 80; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${String(name)}`)
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label)
  for (let presses = 0; presses < 80 && !(await field.evaluate((element) => element === document.activeElement)); presses++) await page.keyboard.press('Tab')
  await page.keyboard.type(text)
}
