import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { layElectron, openDesktopUnderTest } from '../../build/testing/desktop-under-test.ts'
import { openPersonsDesktop, type PersonsDesktop } from '../../build/testing/persons-desktop.ts'
import { electronDist } from '../../build/package/electron-dist.ts'
import { inRoot } from '../../build/root.mjs'
import { mustEnd } from './leftovers.ts'

const execute = promisify(execFile)
/** Of the page of Firstnode: true once its first step can be used. */
const stepUsable = "(() => { const button = document.querySelector('.page-foot button.primary'); return button !== null && !button.disabled })()"
const megabyte = 1e6

/** A window as it opened, in ms since its process was started. */
export interface Opened {
  readonly painted: number
  /** the first step can be used; as `painted` for a window that has none */
  readonly usable: number
  /** its processes: the first, and all below it */
  readonly pids: () => Promise<number[]>
}

export interface WindowPrograms {
  readonly electron: string
  readonly ours: string
  readonly bare: string
  readonly desktop: PersonsDesktop
  readonly close: () => Promise<void>
}

/** The application and a program that opens an empty window, on the same Electron, and the desktop they run on. */
export async function layWindowPrograms(): Promise<WindowPrograms> {
  const say = (line: string): void => void process.stderr.write(`window: ${line}\n`)
  // It lays the application out; its own desktop is not needed.
  await (await openDesktopUnderTest({ say })).close()
  const electron = await electronDist(inRoot(), { say })
  const folder = await mkdtemp(join(inRoot('dist'), 'empty-window-'))
  // The application runs as another account.
  await chmod(folder, 0o755)
  const main = join(folder, 'main.cjs')
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Empty</title><body style="background:#eee">Empty</body>\n')
  await writeFile(main, "const { app, BrowserWindow } = require('electron')\napp.whenReady().then(() => new BrowserWindow({ width: 1040, height: 760 }).loadFile(`${__dirname}/index.html`))\n")
  const bare = await layElectron(electron, join(folder, 'electron'), { name: 'empty-window', version: '1.0.0', main })
  const desktop = await openPersonsDesktop()
  const close = mustEnd(async () => {
    await desktop.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const ours = await desktop.programFor(inRoot('dist', 'electron-under-test', 'electron'))
  return { electron: electron.version, ours, bare: await desktop.programFor(bare), desktop, close }
}

/** A folder of the person's own for one start after another. */
export async function personsFolder({ account }: PersonsDesktop): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'firstnode-window-'))
  await mkdir(join(path, '.config'))
  if (account !== null) for (const one of [path, join(path, '.config')]) await chown(one, account.uid, account.gid)
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Drops the files of an Electron, and of what was built, from the memory of the system, so that the next start reads them from the disk. */
export async function forgetFiles(): Promise<void> {
  for (const folder of ['electron-under-test', 'electron-commonjs', 'electron', 'renderer']) {
    const files = (await readdir(inRoot('dist', folder), { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) await execute('dd', [`if=${join(parentPath, name)}`, 'iflag=nocache', 'count=0', 'status=none'])
  }
}

/** Starts a program, waits until its window has painted (and, of ours, its first step can be used), gives it to `use`, and ends it. */
export async function withWindow<T>(program: string, { desktop, folder, steps }: { desktop: PersonsDesktop; folder: string; steps: boolean }, use: (opened: Opened) => Promise<T>): Promise<T> {
  const env = { ...process.env, ...desktop.env, HOME: folder, XDG_CONFIG_HOME: join(folder, '.config'), XDG_CACHE_HOME: join(folder, '.cache') }
  const began = Date.now()
  const child = spawn(program, ['--remote-debugging-port=0', `--user-data-dir=${join(folder, 'data')}`], { env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  const end = mustEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  try {
    const page = await pageOf(await portOf(child.stderr))
    const ask = steps ? `new Promise((done) => { const look = () => (${stepUsable} ? requestAnimationFrame(() => done(0)) : requestAnimationFrame(look)); look() }).then(() => Date.now())` : 'Date.now()'
    const usableAt = await page.evaluate(ask)
    const paintedAt = await page.evaluate(`new Promise((done) => { const look = () => { const [first] = performance.getEntriesByType('paint'); if (first) done(performance.timeOrigin + first.startTime); else setTimeout(look, 10) }; look() })`)
    page.close()
    const painted = paintedAt - began
    return await use({ painted, usable: steps ? usableAt - began : painted, pids: () => familyOf(child.pid ?? -1) })
  } finally {
    await end()
  }
}

/** Memory of processes, each with its share of what it has in common with others, in MB. */
export async function proportionalMemory(pids: readonly number[]): Promise<number> {
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')))
  return texts.reduce((sum, text) => sum + (Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024) / megabyte, 0)
}

/** Processor time that processes have used so far, in ms. */
export async function processorTime(pids: readonly number[]): Promise<number> {
  const ticks = Number((await execute('getconf', ['CLK_TCK'])).stdout)
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  const used = texts.map((text) => text.slice(text.lastIndexOf(')') + 2).split(' ')).map((fields) => Number(fields[11] ?? 0) + Number(fields[12] ?? 0))
  return (used.reduce((sum, one) => sum + one, 0) * 1000) / ticks
}

async function familyOf(pid: number): Promise<number[]> {
  const { stdout } = await execute('ps', ['-e', '-o', 'pid=,ppid='])
  const rows = stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  const family = new Set([pid])
  for (const one of family) for (const [child = -1, parent = -1] of rows) if (parent === one) family.add(child)
  return [...family]
}

async function portOf(stderr: NodeJS.ReadableStream): Promise<number> {
  let said = ''
  for await (const part of stderr) {
    said += String(part)
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1]
    if (port === undefined) continue
    stderr.resume()
    return Number(port)
  }
  throw new Error(`It ended before it had a window: ${said.trim().slice(-300)}`)
}

interface Page {
  /** The number that an expression comes to. */
  evaluate(expression: string): Promise<number>
  close(): void
}

/** The first page of an Electron that listens for DevTools. */
async function pageOf(port: number): Promise<Page> {
  for (;;) {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; url: string; webSocketDebuggerUrl: string }[]
    const page = targets.find(({ type, url }) => type === 'page' && !url.startsWith('about:') && url !== '')
    if (page !== undefined) return speakWith(page.webSocketDebuggerUrl)
    await pause(10)
  }
}

async function speakWith(address: string): Promise<Page> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  let calls = 0
  const page: Page = {
    async evaluate(expression) {
      const id = ++calls
      const answer = new Promise<unknown>((resolve) => {
        socket.addEventListener('message', function take({ data }: MessageEvent<string>) {
          const said = JSON.parse(data) as { id?: number; result?: { result?: { value?: unknown } } }
          if (said.id !== id) return
          socket.removeEventListener('message', take)
          resolve(said.result?.result?.value)
        })
      })
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }))
      const value = await answer
      // The document that a window begins with gives way to its page.
      if (typeof value !== 'number') return page.evaluate(expression)
      return value
    },
    close: () => socket.close(),
  }
  return page
}
