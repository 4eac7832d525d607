import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { access, constants } from 'node:fs/promises'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { runAs } from '../installation/run-as.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'
import type { ConsoleFiles } from './console-files.ts'
import type { JavaCommand } from './java-command.ts'

/** How a launcher ended. */
export interface LauncherEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Launcher {
  readonly pid: number
  readonly ended: Promise<LauncherEnd>
  hasEnded(): boolean
  /** one that stays beside its server keeps this process from ending no longer */
  letGo(): void
}

/**
 * Starts the launcher in a session of its own, without a terminal, as `account` (null: the caller's own): nothing of the wizard
 * but two open files stays in its hands, so it outlives the wizard. The keystore's password goes in by standard input,
 * as a line: that is where both launchers read it when there is no terminal (seen on 8.16.6 and 9.4.3).
 * Problem: `launch_failed`.
 */
export async function launch(command: JavaCommand, account: Account | null, console: ConsoleFiles, keystorePassword: Secret | null): Promise<Launcher> {
  const { words, options } = await runAs(account, command.cwd)
  const [program = '', ...args] = [...words, command.executable, ...command.args]
  // What puts the account on would say this in its own words, and end like a launcher that failed.
  const mayRun = words.length === 0 ? Promise.resolve() : access(command.executable, constants.X_OK)
  await mayRun.catch((thrown: unknown) => notLaunched(command, thrown))
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    windowsHide: true,
    stdio: [keystorePassword === null ? 'ignore' : 'pipe', console.out.handle.fd, console.err.handle.fd],
    ...options,
  })
  await begun(child, command)
  if (child.stdin !== null && keystorePassword !== null) {
    // A launcher that dies before it reads says why itself.
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${keystorePassword.reveal()}\n`)
  }
  const ended = new Promise<LauncherEnd>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done({ code: child.exitCode, signal: child.signalCode })
    else child.once('exit', (code, signal) => done({ code, signal }))
  })
  return { pid: child.pid ?? 0, ended, hasEnded: () => child.exitCode !== null || child.signalCode !== null, letGo: () => child.unref() }
}

async function begun(child: ChildProcess, command: JavaCommand): Promise<void> {
  try {
    await once(child, 'spawn')
  } catch (thrown) {
    notLaunched(command, thrown)
  }
}

function notLaunched({ executable }: JavaCommand, thrown: unknown): never {
  throw problem('launch_failed', { executable, why: whyUnreadable(thrown) }, { cause: thrown })
}
