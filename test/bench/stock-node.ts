import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { isAlive, listProcesses } from '../../engine/node/process-table.ts'
import type { BenchHome } from './bench-home.ts'
import { mustEnd } from './leftovers.ts'

export interface StockNode {
  /** throws once it has ended, with the last it said */
  stillGood(): void
  end(): Promise<void>
}

/**
 * Starts `bin/elasticsearch` as a person does, on a terminal: without one it configures security and tells nobody the password. With `args`, which hold nothing that a shell
 * or a terminal takes for more than its letters.
 */
export function startStock({ home, env, as }: BenchHome, args: readonly string[] = []): StockNode {
  const program = join(home, 'bin', 'elasticsearch')
  // Standard input stays open: its end would be typed into the terminal.
  const child = spawn('script', onTerminal(program, args), { cwd: home, env: { ...env, TERM: 'dumb' }, stdio: ['pipe', 'pipe', 'pipe'], ...as })
  let said = ''
  let failure: Error | null = null
  const listen = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-4000))
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  child.stdin.on('error', () => undefined)
  child.once('error', (error) => (failure = new Error(`no terminal for bin/elasticsearch: ${error.message}`)))
  child.once('exit', (code) => (failure ??= new Error(`bin/elasticsearch ended with ${code}: ${said.trim().slice(-200)}`)))
  const closed = once(child, 'close').catch(() => undefined)
  return {
    stillGood: () => {
      if (failure !== null) throw failure
    },
    end: mustEnd(async () => {
      if (child.pid !== undefined) await endBelow(child.pid)
      await closed
    }),
  }
}

/** `script` gives a program a terminal; its options differ. */
function onTerminal(program: string, args: readonly string[]): string[] {
  const quoted = `'${program.replaceAll("'", String.raw`'\''`)}'`
  return process.platform === 'linux' ? ['-qec', [quoted, ...args].join(' '), '/dev/null'] : ['-q', '/dev/null', program, ...args]
}

/** Asks all that `root` started to end, waits, and insists after half a minute. */
async function endBelow(root: number): Promise<void> {
  const pids = await descendants(root)
  for (const pid of pids) signal(pid, 'SIGTERM')
  const deadline = Date.now() + 30_000
  while ((await Promise.all(pids.map((pid) => isAlive(pid)))).includes(true)) {
    if (Date.now() > deadline) for (const pid of pids) signal(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The process and all below it. */
async function descendants(root: number): Promise<number[]> {
  const processes = await listProcesses()
  const found = [root]
  for (const pid of found) found.push(...processes.filter(({ parent }) => parent === pid).map((one) => one.pid))
  return found
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile.
  }
}
