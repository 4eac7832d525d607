import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inRoot } from '../../build/root.mjs'
import { freePorts } from '../support/free-ports.ts'
import { curlStatus } from '../cli/outside.ts'
import { freshHome, type FreshHome } from '../support/fresh-home.ts'
import { long } from '../support/long.ts'
import { startProduct, type RunningHost } from './running-host.ts'
import { expect, test } from './wizard.ts'

/** ms; a node starts in seconds, and in minutes where the machine does much else */
const starting = 600_000
/** So many that unpacking is not over before the page was loaded twice. */
const smallFiles = 40_000

let fresh: FreshHome
let archive: string
let host: RunningHost | null = null

test.beforeEach(async () => {
  fresh = await freshHome('9.4.3', 'elasticsearch-9.4.3')
  archive = archiveOf(fresh.home)
  host = await startProduct(['--no-open'], { ES_HOME: undefined, ES_JAVA_HOME: fresh.java })
})
test.afterEach(async () => {
  await host?.end()
  host = null
  const command = [inRoot('build', 'firstnode.mjs'), 'stop', '--home', fresh.home, '--json']
  try {
    execFileSync(process.execPath, command, { env: { ...process.env, ES_JAVA_HOME: fresh.java }, stdio: 'pipe' })
  } catch {
    // it never ran
  }
  await fresh.remove()
})

/** The home as an archive, with more files than it has; the home itself is gone then. */
function archiveOf(home: string): string {
  const more = join(home, 'more')
  mkdirSync(more)
  for (let number = 0; number < smallFiles; number++) writeFileSync(join(more, String(number)), '')
  const path = `${home}-linux-x86_64.tar.gz`
  // Copied first: the programs of all homes of these tests are the same files, and tar takes a new link to one for a change.
  const copies = `${home}-copy`
  cpSync(home, join(copies, basename(home)), { recursive: true, verbatimSymlinks: true })
  execFileSync('tar', ['--use-compress-program=gzip -1', '-cf', path, '-C', copies, basename(home)])
  for (const done of [home, copies]) rmSync(done, { recursive: true })
  return path
}

// Forty thousand files take a while to unpack: its parts are in the tests of the page and of archives as well.
const lengthy = long ? test : (): void => undefined

lengthy('a reload in the middle of unpacking goes on with it, to the plan of a home that runs', async ({ page }) => {
  await page.goto(host?.address ?? 'no host')
  await page.getByRole('button', { name: 'Choose a folder or an archive' }).click()
  await page.getByLabel('Path of a folder').fill(dirname(archive))
  await page.getByRole('button', { name: 'Go' }).click()
  await page.getByRole('button', { name: basename(archive) }).click()
  await page.getByRole('button', { name: 'Unpack here' }).click()
  const unpacking = page.getByRole('heading', { level: 1, name: 'Unpacking Elasticsearch' })
  await expect(unpacking).toBeVisible()
  await page.reload()
  await expect(unpacking).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Review the changes' })).toBeVisible({ timeout: 120_000 })
  // That a home which was unpacked runs is shown by a whole start, which npm run test:long has time for.
  if (process.env.FIRSTNODE_LONG === undefined) return

  const { http, transport } = await freePorts()
  await page.getByRole('button', { name: /Advanced options/ }).click()
  await page.getByLabel('HTTP port').fill(String(http))
  await page.getByLabel('Transport port').fill(String(transport))
  await page.getByLabel('Heap size').fill('512m')
  await expect(page.getByText(/heap will be 512m/)).toBeVisible()
  await page.getByRole('button', { name: /^Write/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' })).toBeVisible({ timeout: starting })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy password' }).click()
  const password = await page.evaluate(() => navigator.clipboard.readText())
  expect(await curlStatus(`https://localhost:${http}`, join(fresh.home, 'config', 'certs', 'http_ca.crt'), password)).toBe(200)
})
