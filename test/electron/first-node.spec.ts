import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { curlStatus } from '../cli/outside.ts'
import { begin, expect, starting, test, watchTheSystem } from './desktop.ts'
import { picture, pictureOfWindow } from './pictures.ts'

test('from the first page to credentials that work, through a reload of the page, and the node outlives the application', async ({ desktops, home }) => {
  const { app, page, ...desktop } = await desktops.start({ ES_HOME: home.home, ES_JAVA_HOME: home.java })
  const seen = await watchTheSystem(app, { inFront: false })
  const look = (step: string) => picture({ app, page }, step)
  await begin(page, home, look)

  // The work goes on while the page is gone, and the page comes back to it.
  await expect(page.locator('[data-phase=done]').nth(1)).toBeVisible({ timeout: starting })
  await look('start')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: /Setting it up|Elasticsearch is running/ })).toBeVisible()

  await expect(page.getByRole('heading', { level: 1, name: 'Elasticsearch is running, and secured' })).toBeVisible({ timeout: starting })
  await expect.poll(async () => (await seen()).notifications).toEqual(['Elasticsearch is running'])
  const { bar } = await seen()
  expect(bar.length).toBeGreaterThan(3)
  expect(bar).toEqual([...bar.slice(0, -1).sort((a, b) => a - b), -1])
  await look('credentials')
  await pictureOfWindow({ app, page }, 'credentials')
  await page.getByRole('button', { name: 'Copy password' }).click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toHaveLength(20)
  const password = await app.evaluate(({ clipboard }) => clipboard.readText())
  const url = await page.getByRole('region', { name: 'Credentials' }).getByText(/^https:/).innerText()
  const ca = join(home.home, 'config', 'certs', 'http_ca.crt')
  expect(await curlStatus(url, ca, password)).toBe(200)

  // What the system is asked for is answered by the test: where to save, and what to show.
  const saved = join(desktops.folder, 'ca.pem')
  await app.evaluate(({ dialog, shell }, filePath) => {
    const shown: string[] = []
    Object.assign(globalThis, { shown })
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) })
    Object.assign(shell, { showItemInFolder: (path: string) => shown.push(path) })
  }, saved)
  await page.getByRole('button', { name: 'Save CA certificate as…' }).click()
  await expect(page.getByText(/^Saved to/)).toBeVisible()
  expect(await readFile(saved, 'utf8')).toBe(await readFile(ca, 'utf8'))
  await page.getByRole('button', { name: 'Show the CA certificate in its folder' }).click()
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([ca])

  // A minute later, which the test lets pass at once, the clipboard has forgotten the password.
  await app.evaluate(() => {
    const { setTimeout } = globalThis
    Object.assign(globalThis, { setTimeout: (work: () => void, ms: number) => setTimeout(work, ms === 60_000 ? 0 : ms) })
  })
  await page.getByRole('button', { name: /Copy password|Copied/ }).first().click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('')

  const log = await desktop.log()
  expect(log).toContain(': ready.')
  expect(log).not.toContain(password)
  // The thread of the window was never kept from it for long by work of ours, through keys, files and the start: for less than a fiftieth of it.
  const lines = [...log.matchAll(/^(\S+) Set-up of .* by its own work (\d+) ms/gm)]
  const times = lines.map(([, time]) => Date.parse(time ?? ''))
  expect(lines.length).toBeGreaterThan(2)
  expect(50 * Math.max(...lines.map(([, , ms]) => Number(ms))), log).toBeLessThan((times.at(-1) ?? 0) - (times[0] ?? 0))

  await page.getByRole('button', { name: 'I have stored the password' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Next steps' })).toBeVisible()
  await look('now')
  const told = join(desktops.folder, 'told')
  await app.evaluate(({ Notification }, told) => {
    Object.assign(Notification.prototype, {
      show(this: { title: string; body: string }) {
        process.getBuiltinModule('node:fs').appendFileSync(told, `${this.title}: ${this.body}\n`)
      },
    })
  }, told)
  await desktop.quit()
  expect(await readFile(told, 'utf8')).toMatch(/^Elasticsearch goes on running: .+ runs without Firstnode\. .+\n$/)
  expect(await desktop.log()).toMatch(/Goes on running: .+ \(https:.+\)\.\n.+Firstnode ends\./)
  expect(await curlStatus(url, ca, password)).toBe(200)
})
