import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeViolations } from '../../page/axe.ts'
import { launchChromium, openContext } from '../../page/chromium-context.ts'
import { beDesktop } from '../../page/desktop-window.ts'
import { diagnostics, mainHome, password } from '../../page/scripted-answers.ts'
import { ScriptedDesktop } from '../../page/scripted-desktop.ts'
import type { Scenario } from '../../page/scripted-engine.ts'
import { buildPage, type ServedPage, servePage } from '../../page/serve.ts'
import { complaintsOf } from '../../page/tested-page.ts'

// The built page as a window of the desktop application shows it: a port instead of a socket, and a system with dialogs, both played by doubles.
let folder: string
let files: string
let browser: Browser
let context: BrowserContext
let page: Page
let served: ServedPage
let desktop: ScriptedDesktop
let breakPort: (page: Page) => Promise<void>
let complaints: string[]

beforeAll(async () => {
  folder = await buildPage()
  files = await mkdtemp(join(tmpdir(), 'firstnode-dropped-'))
  await mkdir(join(files, 'elasticsearch-9.4.3'))
  for (const name of ['elasticsearch-9.4.3.tar.gz', 'notes.txt']) await writeFile(join(files, name), 'x')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([folder, files].map((path) => rm(path, { recursive: true, force: true })))
})
beforeEach(async () => {
  desktop = new ScriptedDesktop()
  served = await servePage({ scenario: 'one-new', pace: 60, page: folder, desktop })
  context = await openContext(browser)
  ;({ breakPort } = await beDesktop(context, served.engine, files))
  page = await newPage(context)
})
afterEach(async () => {
  await context.close()
  await served.close()
})

async function newPage(from: BrowserContext): Promise<Page> {
  const opened = await from.newPage()
  complaints = complaintsOf(opened)
  return opened
}

const open = async (scenario: Scenario): Promise<void> => {
  served.engine.play(scenario)
  await page.goto(served.url)
}
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const dialog = () => page.getByRole('dialog', { name: 'Firstnode' })
const text = (words: string | RegExp) => page.getByText(words).waitFor()

async function toCredentials(): Promise<void> {
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Elasticsearch is running, and secured')
}

/** Drops files of `files` in the middle of the window, as the system does: real paths, which only the preload tells. */
async function drop(names: readonly string[]): Promise<void> {
  const session = await context.newCDPSession(page)
  const data = { items: [], files: names.map((name) => join(files, name)), dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  await text('Drop it here')
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 400, y: 300, data })
}

test('the page goes over the port of its window alone, from the first page to the credentials', async () => {
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await toCredentials()
  expect(sockets).toEqual([])
  expect(complaints).toEqual([])
  expect(await page.evaluate(() => [Object.keys(sessionStorage), location.hash])).toEqual([[], ''])
})

test('a port that breaks in the middle of a start is made anew, and the start goes on', async () => {
  served.engine.pace = 500
  await open('one-new')
  await press(/^Set up/)
  await press(/^Write/)
  await heading('Setting it up')
  await breakPort(page)
  await text('Connection lost.')
  await heading('Elasticsearch is running, and secured')
  expect(served.engine.called.filter((path) => path === 'setup.apply')).toHaveLength(1)
})

test('a folder is chosen in the system\'s dialog and checked; a dialog that was closed changes nothing', async () => {
  await open('several')
  await press('Choose a folder…')
  await expect.poll(() => desktop.pickWishes).toEqual([{ what: 'folder', title: 'The folder of Elasticsearch', from: null }])
  await heading('Which Elasticsearch?')
  desktop.picked = '/home/ana/es-of-mine'
  await press('Choose a folder…')
  await heading('Review the changes')
  expect(served.engine.target()).toEqual({ home: '/home/ana/es-of-mine' })
})

test('an archive is chosen in the system\'s dialog, and so is the folder it is unpacked into', async () => {
  await open('several')
  desktop.picked = '/home/ana/Downloads/elasticsearch-9.4.3.tar.gz'
  await press('Choose an archive…')
  await heading('Unpack elasticsearch-9.4.3.tar.gz')
  desktop.picked = '/home/ana/apps'
  await press('Choose another folder…')
  await expect.poll(() => page.getByLabel('Unpack into').inputValue()).toBe('/home/ana/apps')
  expect(desktop.pickWishes.map(({ what, from }) => [what, from])).toEqual([['archive', null], ['folder', '/home/ana/Downloads']])
  await press('Unpack here')
  await expect.poll(() => served.engine.called).toContain('installation.unpack')
})

test('where nothing was found the dialog for a folder is the one press', async () => {
  served.engine.play('nothing')
  await page.goto(served.url)
  await page.getByRole('radio').first().waitFor()
  expect(await page.getByRole('button', { name: 'Choose an archive…' }).count()).toBe(1)
})

test('a folder that is dropped on the window is checked, an archive is unpacked', async () => {
  await open('several')
  await page.getByRole('radio').first().waitFor()
  await drop(['elasticsearch-9.4.3.tar.gz'])
  await heading('Unpack elasticsearch-9.4.3.tar.gz')
  expect(await page.getByLabel('Unpack into').inputValue()).toBe(files)
  await page.getByRole('button', { name: 'Choose another', exact: true }).click()
  await drop(['elasticsearch-9.4.3'])
  await heading('Review the changes')
  expect(served.engine.target()).toEqual({ home: join(files, 'elasticsearch-9.4.3') })
})

test('several at once, and what is neither folder nor archive, are refused in words', async () => {
  await open('several')
  await page.getByRole('radio').first().waitFor()
  await drop(['notes.txt'])
  await text('That is neither a folder nor an archive')
  await drop(['elasticsearch-9.4.3', 'notes.txt'])
  await text('Drop one folder or one archive at a time.')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Which Elasticsearch?')
})

test('in a browser a drop says that no path is told, leads to the folders, and never takes the page away', async () => {
  const plain = await servePage({ scenario: 'several', page: folder })
  await context.close()
  context = await openContext(browser)
  page = await newPage(context)
  await page.goto(plain.newAddress())
  await page.getByRole('radio').first().waitFor()
  await drop(['elasticsearch-9.4.3.tar.gz'])
  await text('A browser does not tell a page where a file lies.')
  await page.getByRole('button', { name: 'Choose a folder', exact: true }).click()
  await heading('Choose a folder or an archive')
  expect(page.url()).toBe(plain.url)
  expect(await page.getByRole('button', { name: /in its folder/ }).count()).toBe(0)
  await plain.close()
})

test('the CA certificate is saved where the system\'s dialog says, shown in its folder, and a refusal is told', async () => {
  await toCredentials()
  await press('Save CA certificate as…')
  await expect.poll(() => desktop.saveWishes.length).toBe(1)
  expect(desktop.saveWishes[0]).toMatchObject({ name: 'http_ca.crt', text: expect.stringContaining('-----BEGIN CERTIFICATE-----') as string })
  desktop.savedTo = '/home/ana/Desktop/http_ca.crt'
  await press('Save CA certificate as…')
  await text('Saved to ~/Desktop/http_ca.crt')
  desktop.refusesToSave = true
  await press('Save CA certificate as…')
  await text('/readonly/http_ca.crt could not be written: the disk is read-only. Save it to another folder.')
  await press('Show the CA certificate in its folder')
  await expect.poll(() => desktop.revealed).toEqual([`${mainHome}/config/certs/http_ca.crt`])
})

test('home, settings, data and log of a node are shown in their folders', async () => {
  await open('configured')
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await press(/^Locations/)
  for (const what of ['home', 'settings', 'data', 'log']) await press(`Show the ${what} in its folder`)
  await expect.poll(() => desktop.revealed).toEqual([mainHome, `${mainHome}/config`, `${mainHome}/data`, `${mainHome}/logs/elasticsearch.log`])
})

test('a password goes to the clipboard by the host, which takes it out again after the time that is counted down', async () => {
  desktop.life = 2500
  await toCredentials()
  await press('Copy address')
  await expect.poll(() => desktop.clipboard).toBe('https://localhost:9200')
  expect(await page.getByText('The clipboard holds').count()).toBe(0)
  await press('Copy password')
  await text(/The clipboard holds the password; it clears in [123] s\./)
  expect(desktop.clipboard).toBe(password)
  await expect.poll(() => desktop.clipboard).toBe('')
  await expect.poll(() => page.getByText('The clipboard holds').count()).toBe(0)
  desktop.life = 60_000
  await page.getByRole('button', { name: 'Copy password' }).click()
  await text(/it clears in (60|59|58) s\./)
  await press('Clear now')
  await expect.poll(() => desktop.clipboard).toBe('')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('')
})

test('the menu opens the dialog at what was chosen, and another folder', async () => {
  await open('several')
  await page.getByRole('radio').first().waitFor()
  await expect.poll(() => desktop.heard).toBe(true)
  desktop.choose('diagnostics')
  await dialog().getByRole('tab', { name: 'Diagnostics', selected: true }).waitFor()
  desktop.choose('about')
  await dialog().getByRole('tab', { name: 'About', selected: true }).waitFor()
  desktop.picked = '/home/ana/es-of-mine'
  desktop.choose('open-folder')
  await heading('Review the changes')
  expect(await dialog().count()).toBe(0)
  expect(served.engine.target()).toEqual({ home: '/home/ana/es-of-mine' })
})

test('while a set-up is under way, and before the password is stored, the menu opens no other folder', async () => {
  await toCredentials()
  desktop.choose('open-folder')
  await text('Finish this step first')
  expect(desktop.pickWishes).toEqual([])
  await heading('Elasticsearch is running, and secured')
  await press('Show password')
  await press('I have stored the password')
  await heading('Next steps')
  expect(await page.getByText('Finish this step first').count()).toBe(0)
})

test('about tells versions, and a new version is looked for, fetched and installed only when each is asked for', async () => {
  await open('several')
  await press('About Firstnode')
  await dialog().getByText('45.4.1').waitFor()
  await dialog().getByText('0.1.0').waitFor()
  expect(desktop.updates.asked).toEqual([])
  await press('Look for a new version')
  await dialog().getByText('Firstnode 0.2.0 is there').waitFor()
  expect(desktop.updates.asked).toEqual(['look'])
  await press('Fetch it')
  await dialog().getByText('Firstnode 0.2.0 is ready').waitFor()
  expect(desktop.updates.asked).toEqual(['look', 'fetch'])
  await press('Install and start anew')
  await expect.poll(() => desktop.updates.asked).toEqual(['look', 'fetch', 'install'])
})

test('an update that is fetched shows how far it is, and one that is off says who brings new versions', async () => {
  desktop.updates.now = { stage: 'fetching', version: '0.2.0', percent: 40, reason: null }
  await open('several')
  await press('About Firstnode')
  await dialog().getByRole('progressbar', { name: 'Fetching the new version' }).waitFor()
  desktop.updates.now = { stage: 'fetching', version: '0.2.0', percent: 80, reason: null }
  await dialog().getByText('80 %').waitFor()
  desktop.updates.now = { stage: 'off', version: null, percent: null, reason: 'The package manager that installed Firstnode brings new versions.' }
  await dialog().getByText('The package manager that installed Firstnode').waitFor()
  expect(desktop.updates.asked).toEqual([])
})

test('licences are searched by name or kind, and a text is shown when it is asked for', async () => {
  await open('several')
  await press('About Firstnode')
  await dialog().getByRole('tab', { name: 'Licences' }).click()
  await dialog().getByText('Made with 18 packages of others').waitFor()
  await dialog().getByLabel('Search by name or licence').fill('mit mantine')
  await dialog().getByText('2 of 18').waitFor()
  expect(await dialog().getByText('Permission is hereby granted').count()).toBe(0)
  await dialog().getByRole('button', { name: /@mantine\/core/ }).click()
  await dialog().getByRole('region', { name: 'Licence of @mantine/core' }).waitFor()
  await dialog().getByLabel('Search by name or licence').fill('gpl')
  await dialog().getByText('No package has that').waitFor()
})

test('diagnostics are read before they are copied, just as they are', async () => {
  await open('several')
  await press('About Firstnode')
  await dialog().getByRole('tab', { name: 'Diagnostics' }).click()
  const shown = await dialog().getByRole('region', { name: 'Diagnostics' }).textContent()
  expect(shown).toBe(diagnostics)
  expect(desktop.clipboard).toBe('')
  await press('Copy diagnostics')
  await expect.poll(() => desktop.clipboard).toBe(diagnostics)
})

test('the dialog is led by the keyboard alone: opened, its parts walked with arrows, closed with Escape, and the focus comes back', async () => {
  await open('several')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  // The page gives the focus to its heading or its press once it stands.
  await page.getByRole('radio').first().waitFor()
  await expect.poll(focused).toMatch(/^(Set up|Which)/)
  await page.getByRole('button', { name: 'About Firstnode' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('About')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe('Licences')
  const search = dialog().getByLabel('Search by name or licence')
  await search.waitFor()
  await page.keyboard.press('Tab')
  await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('zod')
  await dialog().getByText('1 of 18').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await dialog().getByRole('region', { name: 'Licence of zod' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog().count()).toBe(0)
  await expect.poll(focused).toBe('About Firstnode')
})

test.each(['light', 'dark'] as const)('the dialog fits 800 by 600 and has no complaint of axe, %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  await open('several')
  await press('About Firstnode')
  for (const [tab, there] of [['About', 'Electron'], ['Licences', 'zod'], ['Diagnostics', 'Machine']] as const) {
    await dialog().getByRole('tab', { name: tab }).click()
    await dialog().getByText(there, { exact: tab !== 'Diagnostics' }).first().waitFor()
    expect(await axeViolations(page)).toEqual([])
    const box = await page.locator('.mantine-Modal-content').boundingBox()
    expect(box!.y).toBeGreaterThanOrEqual(0)
    expect(box!.y + box!.height).toBeLessThanOrEqual(600)
  }
  expect(complaints).toEqual([])
})

test('in the browser the same dialog offers no update and stands behind the same link', async () => {
  const plain = await servePage({ scenario: 'several', page: folder })
  await context.close()
  context = await openContext(browser)
  page = await newPage(context)
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  await page.goto(plain.newAddress())
  await page.getByRole('radio').first().waitFor()
  expect(scripts.filter((url) => url.includes('about-dialog'))).toEqual([])
  await press(/^About/)
  await dialog().getByText('Node.js').waitFor()
  expect(await dialog().getByRole('button', { name: /new version/ }).count()).toBe(0)
  expect(plain.engine.called).not.toContain('host.update')
  expect(plain.engine.called).not.toContain('host.menuChoices')
  expect(complaints).toEqual([])
  await plain.close()
})
