import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** An account by its numbers. */
export interface AccountNumbers {
  readonly uid: number
  readonly gid: number
}

/** The variables of the environment by which a program finds the display and the session bus. */
export type SessionEnvironment = Readonly<Record<string, string>>

/** Where Debian has the daemon for notifications. */
export const notificationDaemon = '/usr/lib/notification-daemon/notification-daemon'

/** A desktop of its own; `close` ends all that it consists of. */
export interface DesktopSession {
  readonly env: SessionEnvironment
  readonly close: () => Promise<void>
}

/**
 * Opens a desktop on which windows behave as on a person's: a display (Xvfb), a window manager (openbox; without one nothing is minimised,
 * maximised or raised), a session bus and a notification daemon on it. All of them run as `account` (null: the caller), and are ended by
 * their pids. On Windows and macOS the desktop is the one that is there.
 */
export async function openDesktopSession(account: AccountNumbers | null): Promise<DesktopSession> {
  if (process.platform !== 'linux') return { env: {}, close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-session-'))
  const ids = account === null ? {} : { uid: account.uid, gid: account.gid }
  if (account !== null) await chown(folder, account.uid, account.gid)
  const started: ChildProcess[] = []
  const start = (command: string, words: readonly string[], more: SessionEnvironment): ChildProcess => {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, ...more }
    const child = spawn(command, words, { ...ids, cwd: '/', env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    child.on('error', () => {})
    started.push(child)
    return child
  }
  const close = async (): Promise<void> => {
    for (const child of started.toReversed()) await end(child)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    // Without `-noreset` it begins anew when its last client leaves, and drops whoever connects at that moment: the window manager, say, behind the question whether it is there.
    const xvfb = start('Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {})
    const display = { DISPLAY: `:${await firstLine(xvfb, 'Xvfb')}` }
    const bus = start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3'], display)
    const env = { ...display, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus, 'dbus-daemon'), XDG_RUNTIME_DIR: folder }
    start('openbox', ['--sm-disable'], env)
    start(notificationDaemon, [], env)
    const ask = (command: string, words: readonly string[]) => execute(command, words, { ...ids, cwd: '/', env: { PATH: process.env.PATH ?? '', ...env } })
    await until('openbox', () => ask('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK']), /window id/)
    await until('the notification daemon', () => ask('dbus-send', isOnBus), /boolean true/)
    return { env, close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

/** Asks the bus whether somebody takes notifications. */
const isOnBus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.Notifications']

/** What a program says on its further output, once it is ready. */
async function firstLine(child: ChildProcess, name: string): Promise<string> {
  const output = child.stdio[3] as Readable
  let said = ''
  output.setEncoding('utf8')
  for await (const more of output as AsyncIterable<string>) {
    said += more
    if (said.includes('\n')) return said.trim()
  }
  throw new Error(`${name} did not start: the desktop application cannot be tested without it.`)
}

async function until(name: string, ask: () => Promise<{ stdout: string }>, answer: RegExp): Promise<void> {
  for (let times = 0; times < 600; times++) {
    const stdout = await ask().then((said) => said.stdout, () => '')
    if (answer.test(stdout)) return
    await pause(100)
  }
  throw new Error(`${name} did not start: the desktop application cannot be tested without it.`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  child.kill()
  await closed
}
