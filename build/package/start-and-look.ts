import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { firstHeading } from './first-heading.ts'

export interface Start {
  readonly executable: string
  /** Asks for a Node, for Node's own options and for its debugger as well: with the fuses of a release none of them is given. */
  readonly hostile: boolean
  /** the variables of a desktop, where it is not that of this process */
  readonly env?: Readonly<Record<string, string>>
  /** who `executable` runs as, where that is not the caller */
  readonly account?: { readonly uid: number; readonly gid: number } | null
  /** how long the page may take, in ms */
  readonly patience?: number
}

/** An application that was started and shows its page. */
export interface Started {
  /** the first heading of its page */
  readonly heading: string
  /** where Chromium's debugger listens: `http://127.0.0.1:PORT` */
  readonly chromium: string
  /** Ends it, and removes its profile. */
  readonly end: () => Promise<void>
}

/**
 * Starts a packed application as a person would, without Playwright, looks until its page shows a heading, and ends it.
 * Gives that heading. Throws, with what the application said, where it ends before, shows nothing, or opens a debugger of Node's.
 */
export async function startAndLook(start: Start): Promise<string> {
  const { heading, end } = await startAndStay(start)
  await end()
  return heading
}

/** The same, but the application goes on until `end` is called. */
export async function startAndStay({ executable, hostile, env: desktop = {}, account = null, patience = 120_000 }: Start): Promise<Started> {
  const profile = await mkdtemp(join(tmpdir(), 'firstnode-start-'))
  if (account !== null) await chown(profile, account.uid, account.gid)
  const args = ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...(hostile ? ['--inspect=0'] : [])]
  const env = { ...process.env, ...desktop, ...(hostile ? { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' } : {}) }
  const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true })
  const said = listen(child)
  const until = AbortSignal.timeout(patience)
  const leave = async (): Promise<void> => {
    await end(child, said.ended)
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  try {
    await once(child, 'spawn')
    const chromium = `http://${await said.find(/DevTools listening on ws:\/\/([\d.]+:\d+)\//, until)}`
    const heading = await firstHeading(chromium, AbortSignal.any([until, said.ended]))
    if (said.text().includes('Debugger listening on')) throw new Error('It opened a debugger of Node\'s.')
    return { heading, chromium, end: leave }
  } catch (thrown) {
    const reason = reasonOf(thrown)
    await leave()
    throw new Error(`${executable}: ${reason} It said:\n${said.text().slice(-4000)}`, { cause: thrown })
  }

  function reasonOf(thrown: unknown): string {
    const { message, syscall } = thrown as NodeJS.ErrnoException
    if (syscall?.startsWith('spawn') === true) return `It cannot be started (${message}).`
    if (until.aborted) return `It showed no page in ${patience / 1000} s.`
    return said.ended.aborted ? 'It ended before it showed a page.' : message
  }
}

/** What a process says, as it comes. `ended` aborts when it has ended or never began. */
function listen(child: ChildProcess) {
  let text = ''
  const ending = new AbortController()
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (more: string) => void (text += more))
  child.once('close', () => ending.abort()).once('error', () => ending.abort())
  return {
    ended: ending.signal,
    text: () => text,
    async find(pattern: RegExp, until: AbortSignal): Promise<string> {
      const signal = AbortSignal.any([until, ending.signal])
      for (;;) {
        const found = pattern.exec(text)?.[1]
        if (found !== undefined) return found
        await pause(50, undefined, { signal })
      }
    },
  }
}

async function end(child: ChildProcess, ended: AbortSignal): Promise<void> {
  if (ended.aborted || child.pid === undefined) return
  const closed = once(child, 'close')
  if (process.platform === 'win32') spawn('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true })
  else signalGroup(child.pid, 'SIGTERM')
  const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 15_000)
  await closed
  clearTimeout(late)
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // it has ended meanwhile
  }
}
