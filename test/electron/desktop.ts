import { type ChildProcess, execFileSync } from 'node:child_process'
import { chownSync, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test as base } from '@playwright/test'
import { inRoot } from '../../build/root.mjs'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import { freePorts } from '../support/free-ports.ts'
import { freshHome, type FreshHome } from '../support/fresh-home.ts'

export { expect }

const saidAmiss = 'errors on the console, uncaught errors and breaches of the policy'

/** ms; a node starts in seconds, and in minutes where the machine does much else */
export const starting = 300_000

export interface Desktop {
  /** The person's own folder, and below it what the application keeps between its starts. */
  readonly folder: string
  readonly app: ElectronApplication
  readonly page: Page
  readonly process: ChildProcess
  /** What the page said on its console as an error or a warning, what it did not catch, what its policy refused. */
  readonly complaints: string[]
  /** The application's own log so far. */
  readonly log: () => Promise<string>
  /** Ends it as a person does, and waits. */
  quit(): Promise<void>
}

export interface Desktops {
  /** The person's own folder, and below it what the application keeps between its starts. */
  readonly folder: string
  /** Starts the built application, or the packed one that FIRSTNODE_DESKTOP names, for this person. */
  start(env?: Readonly<Record<string, string>>): Promise<Desktop>
  /** What `start` runs, for tests that start it by themselves. */
  readonly command: { readonly executablePath: string | null; readonly args: readonly string[]; readonly env: Record<string, string> }
}

/**
 * Tests of the desktop application. Whatever a page complains of fails the test that did not expect it. `desktops` starts applications for one test, `desktop` is one that has its
 * page loaded anew for each test: for tests that leave it as it was.
 */
export const test = base.extend<{ desktops: Desktops; desktop: Desktop; home: FreshHome }, { lasting: Desktop }>({
  lasting: [
    async ({ browserName: _ }, use) => {
      const folder = await personsFolder()
      const desktop = await launch(folder, commandFor(folder), {})
      await use(desktop)
      await desktop.quit()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
  desktop: async ({ lasting }, use) => {
    await lasting.page.reload()
    await expect(lasting.page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    lasting.complaints.splice(0)
    await use(lasting)
    expect(lasting.complaints, saidAmiss).toEqual([])
  },
  desktops: async ({ browserName: _ }, use) => {
    const folder = await personsFolder()
    const started: Desktop[] = []
    const command = commandFor(folder)
    await use({
      folder,
      command,
      async start(env = {}) {
        const desktop = await launch(folder, command, env)
        started.push(desktop)
        return desktop
      },
    })
    for (const { process } of started) if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    expect(started.flatMap(({ complaints }) => complaints), saidAmiss).toEqual([])
  },
  home: async ({ browserName: _ }, use) => {
    const home = await freshHome('9.4.3', 'elasticsearch-9.4.3')
    await use(home)
    stop(home)
    await home.remove()
  },
})

/** Free ports and a small heap, so that a node runs beside whatever else is on the machine; then begins. Gives the port of HTTP. `look` is called at each step on the way. */
export async function begin(page: Page, home: FreshHome, look: (step: 'find' | 'review' | 'choose') => Promise<void> = () => Promise.resolve()): Promise<number> {
  await page.getByRole('radio', { name: new RegExp(home.home.split('/').at(-2) ?? '') }).check({ force: true })
  await look('find')
  await page.getByRole('button', { name: /^Set up/ }).click()
  const { http, transport } = await freePorts()
  await expect(page.getByRole('heading', { level: 1, name: 'Review the changes' })).toBeVisible()
  await look('review')
  await page.getByRole('button', { name: /Advanced options/ }).click()
  await page.getByLabel('HTTP port').fill(String(http))
  await page.getByLabel('Transport port').fill(String(transport))
  await page.getByLabel('Heap size').fill('512m')
  await expect(page.getByText(`https://localhost:${http}`).first()).toBeVisible()
  await expect(page.getByText(/heap will be 512m/)).toBeVisible()
  await look('choose')
  await page.getByRole('button', { name: /^Write/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Setting it up' })).toBeVisible()
  return http
}

/** Asks the application as its page does, over a port of its own: a procedure of the contract (`host/copy`) and its input. Gives the answer as it came. */
export function askAsPage(page: Page, procedure: string, input?: unknown): Promise<string> {
  const call = JSON.stringify({ i: '1', p: { u: `/${procedure}`, b: input === undefined ? {} : { json: input } } })
  return page.evaluate((call) => {
    return new Promise<string>((resolve) => {
      window.addEventListener('message', function take({ data, ports: [port] }: MessageEvent<{ firstnode?: unknown }>) {
        if (data.firstnode !== 'port' || port === undefined) return
        window.removeEventListener('message', take)
        port.addEventListener('message', (event: MessageEvent<string>) => resolve(event.data))
        port.start()
        port.postMessage(call)
      })
      window.postMessage({ firstnode: 'ask-port' }, '*')
    })
  }, call)
}

/**
 * The heading of the window; null while there is none. For Playwright a page that crashed stays so, whatever is loaded in it since, and a
 * navigation that was refused never ends.
 */
export function headingOf(app: ElectronApplication): Promise<unknown> {
  const words = "document.querySelector('h1')?.innerText ?? null"
  return app.evaluate(({ BrowserWindow }, words) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(words).catch(() => null), words)
}

/**
 * Looks at what the system shows of a window that is in front or not: the progress in the dock or taskbar, and the titles of the
 * notifications that its daemon took. Behind another window it stays until that is asked for.
 */
export async function watchTheSystem(app: ElectronApplication, { inFront }: { inFront: boolean }): Promise<() => Promise<{ bar: number[]; notifications: string[] }>> {
  await app.evaluate(({ BrowserWindow, Notification }, inFront) => {
    const seen = { bar: [] as number[], notifications: [] as string[] }
    const [window] = BrowserWindow.getAllWindows()
    const front = inFront ? undefined : new BrowserWindow({ width: 200, height: 100 })
    Object.assign(globalThis, { seen, front })
    window?.focus()
    Object.assign(window ?? {}, { setProgressBar: (progress: number) => seen.bar.push(progress) })
    // oxlint-disable-next-line typescript/unbound-method -- called on the notification below
    const { show } = Notification.prototype
    Object.assign(Notification.prototype, {
      show(this: Electron.Notification) {
        this.once('show', () => seen.notifications.push(this.title))
        show.call(this)
      },
    })
  }, inFront)
  const isBehind = () => app.evaluate(({ BrowserWindow }) => {
    const { front } = globalThis as unknown as { front?: Electron.BrowserWindow }
    front?.focus()
    return BrowserWindow.getAllWindows()[0]?.isFocused() === false
  })
  if (!inFront) await expect.poll(isBehind).toBe(true)
  return () => app.evaluate(() => {
    const { seen, front } = globalThis as unknown as { seen: { bar: number[]; notifications: string[] }; front?: Electron.BrowserWindow }
    if (front?.isDestroyed() === false) front.destroy()
    return seen
  })
}

/** Answers every question of the application from now on by the button at `index`, and keeps what it asked. */
export async function answerQuestions(app: ElectronApplication, index: number): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, response) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    Object.assign(dialog, {
      showMessageBox: (...words: { message: string; detail: string }[]) => {
        asked.push(`${words.at(-1)?.message} ${words.at(-1)?.detail}`)
        return Promise.resolve({ response, checkboxChecked: false })
      },
    })
  }, index)
  return () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
}

/** A new folder of the person who runs the application. */
async function personsFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-desktop-'))
  const [uid, gid] = (process.env.FIRSTNODE_DESKTOP_ACCOUNT ?? '').split(':').map(Number)
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

function commandFor(folder: string): Desktops['command'] {
  const packed = process.env.FIRSTNODE_DESKTOP ?? null
  const env = { ...(process.env as Record<string, string>), HOME: folder, USERPROFILE: folder, CFFIXED_USER_HOME: folder, XDG_CONFIG_HOME: join(folder, '.config'), XDG_DOCUMENTS_DIR: folder, FIRSTNODE_CACHE: cacheFolder() }
  const words = [`--user-data-dir=${join(folder, 'data')}`]
  return { executablePath: packed, args: packed === null ? [inRoot('dist', 'electron', 'main.js'), ...words] : words, env }
}

async function launch(folder: string, { executablePath, args, env }: Desktops['command'], more: Readonly<Record<string, string>>): Promise<Desktop> {
  const app = await _electron.launch({ args: [...args], env: { ...env, ...more }, colorScheme: null, ...(executablePath === null ? {} : { executablePath }) })
  const complaints: string[] = []
  app.context().on('console', (message) => {
    if (!isOurs(message.page())) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
  })
  app.context().on('weberror', (error) => {
    if (isOurs(error.page())) complaints.push(`uncaught: ${error.error().message}`)
  })
  const page = await app.firstWindow()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  // Where each system has it.
  const log = join(await app.evaluate(({ app }) => app.getPath('logs')), 'firstnode.log')
  return {
    folder,
    app,
    page,
    process: app.process(),
    complaints,
    log: async () => (existsSync(log) ? readFile(log, 'utf8') : ''),
    quit: () => app.close(),
  }
}

/** Electron warns of pages that a test makes, and DevTools have troubles of their own. */
function isOurs(page: Page | null): boolean {
  return page?.url().startsWith('app://') === true
}

/** Stops what a test started: a node outlives the application, as it should. */
function stop({ home, java }: FreshHome): void {
  try {
    execFileSync(process.execPath, [inRoot('build', 'firstnode.mjs'), 'stop', '--home', home, '--json'], { env: { ...process.env, ES_JAVA_HOME: java }, stdio: 'pipe' })
  } catch {
    // it was stopped or never ran
  }
}
