import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createInterface } from 'node:readline'
import { type Connection, connectByPipe } from './cdp.ts'

const always = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-hang-monitor',
  '--disable-popup-blocking',
  '--disable-sync',
  // Electron's pages hear the end of a port as well.
  '--enable-blink-features=MessagePortCloseEvent',
  '--password-store=basic',
  '--use-mock-keychain',
]

/** The Chromium (or Chrome) that shows the pages. FIRSTNODE_CHROMIUM names another. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  const folders = (env.PATH ?? '').split(delimiter)
  const found = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
  const path = env.FIRSTNODE_CHROMIUM ?? found
  if (path === undefined) throw new Error('The stand-in for Electron shows its pages in Chromium, and there is none on the path.')
  return path
}

/**
 * Starts Chromium beside this process; it ends with it, however this one ends, because its pipe does.
 * `debuggingPort` null: only this process drives it. `temporary`: folders that go with it. The line that names the port goes to our own stderr, where Playwright reads it.
 */
export function startChromium(asked: { debuggingPort: string | null; temporary: readonly string[]; switches: readonly string[]; readonly onEnd: () => void }): Connection {
  const profile = mkdtempSync(join(tmpdir(), 'electron-stand-in-'))
  const headless = !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  const words = [
    chromiumPath(),
    ...always,
    ...(headless ? ['--headless=new', '--disable-gpu'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(asked.debuggingPort === null ? [] : [`--remote-debugging-port=${asked.debuggingPort}`]),
    `--user-data-dir=${profile}`,
    ...asked.switches,
  ]
  // The shell stays to remove what is temporary, also when this process is killed.
  const child = spawn('/bin/sh', ['-c', 'end=$1; shift; "$@"; eval "rm -rf $end"', 'sh', [profile, ...asked.temporary].map(quoted).join(' '), ...words], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true })
  child.on('exit', asked.onEnd)
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`)
  })
  return connectByPipe(child.stdio[3] as Duplex, child.stdio[4] as Duplex)
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
