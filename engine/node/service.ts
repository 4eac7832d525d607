import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { problem } from '../../shared/problems/problem.ts'

const execute = promisify(execFile)

/** Runs systemctl; a parameter so that it can be tested where there is no systemd. */
export type RunService = (args: readonly string[], signal?: AbortSignal) => Promise<{ stdout: string }>

const unit = 'elasticsearch.service'

/** Starts the node of a deb or rpm through systemd, which returns when the node is ready (Type=notify). Problems: `service_needs_root`, `service_failed`. */
export async function startService(run: RunService = systemctl, signal?: AbortSignal): Promise<void> {
  await control(['start', unit], run, signal)
}

export async function stopService(run: RunService = systemctl): Promise<void> {
  await control(['stop', unit], run)
}

/** The main process of the running unit; null where it does not run. */
export async function servicePid(run: RunService = systemctl): Promise<number | null> {
  const { stdout } = await run(['show', '--property=MainPID', '--value', unit])
  const pid = Number(stdout.trim())
  return Number.isInteger(pid) && pid > 0 ? pid : null
}

async function control(args: readonly string[], run: RunService, signal?: AbortSignal): Promise<void> {
  const command = `systemctl ${args.join(' ')}`
  try {
    await run(args, signal)
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const { stderr, message } = thrown as { stderr?: string; message: string }
    const why = (stderr === undefined || stderr.trim() === '' ? message : stderr).trim().split('\n')[0] ?? ''
    if (/authentication required|access denied|not permitted/i.test(why)) throw problem('service_needs_root', { command }, { cause: thrown })
    throw problem('service_failed', { command, why }, { cause: thrown })
  }
}

const systemctl: RunService = (args, signal) => execute('systemctl', ['--no-ask-password', ...args], signal === undefined ? {} : { signal })
