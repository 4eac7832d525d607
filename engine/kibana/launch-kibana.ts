import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants as flags, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { findForAccount, makeForAccount } from '../installation/account-folder.ts'
import { runAs } from '../installation/run-as.ts'
import { diskProblem, isMissing } from '../plan/disk-problem.ts'
import { giveOwner } from '../plan/give-owner.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'
import { kibanaEnvironment } from './kibana-environment.ts'
import type { KibanaHome } from './kibana-home.ts'

/** A Kibana that was started: a process of its own that outlives this one. */
export interface LaunchedKibana {
  readonly pid: number
  /** what it prints */
  readonly printed: string
  /** how it ended; null while it runs */
  ended(): string | null
}

const printedName = 'firstnode-kibana.log'

/**
 * Starts `bin/kibana` as `account` (null: the caller's own), detached, with what it prints in a file of its log folder. Without secrets in its
 * environment that its settings do not refer to. Problems: `kibana_not_startable`, `kibana_launch_failed`, `untrusted_folder`, `write_…`.
 */
export async function launchKibana(kibana: KibanaHome, account: Account | null, env: NodeJS.ProcessEnv = process.env): Promise<LaunchedKibana> {
  const { launcher, home, bytes, packaged } = kibana
  if (launcher === null) throw problem('kibana_not_startable', { home })
  const environment = await kibanaEnvironment({ text: bytes?.toString('utf8') ?? '', account, env, packaged })
  const { path, handle } = await openPrinted(logFolderOf(kibana), account)
  try {
    const windows = process.platform === 'win32'
    const { words, options } = await runAs(account, home)
    const [program, ...args] = [...words, windows ? `"${launcher}"` : launcher]
    const child = spawn(program, args, {
      cwd: home,
      env: { ...environment, KBN_PATH_CONF: kibana.config },
      detached: true,
      windowsHide: true,
      // A .bat file is read by the shell alone; its path is the only word there, and quoted.
      shell: windows,
      stdio: ['ignore', handle.fd, handle.fd],
      ...options,
    })
    await once(child, 'spawn').catch((thrown: unknown) => {
      throw problem('kibana_launch_failed', { launcher, why: whyUnreadable(thrown) }, { cause: thrown })
    })
    child.unref()
    const ended = (): string | null => (child.signalCode !== null ? `by ${child.signalCode}` : child.exitCode !== null ? `with ${child.exitCode}` : null)
    return { pid: child.pid ?? 0, printed: path, ended }
  } finally {
    await handle.close()
  }
}

/** Removes what a start printed: undoing leaves nothing of ours. */
export async function removePrinted(kibana: KibanaHome, account: Account | null): Promise<void> {
  const folder = await findForAccount(logFolderOf(kibana), account, 'write')
  if (folder === null) return
  try {
    await unlink(folder.at(printedName)).catch((thrown: unknown) => {
      if (!isMissing(thrown)) throw thrown
    })
  } finally {
    await folder.close()
  }
}

function logFolderOf({ layout, home }: KibanaHome): string {
  return layout === 'package' ? '/var/log/kibana' : join(home, 'logs')
}

async function openPrinted(logs: string, account: Account | null) {
  try {
    const folder = await makeForAccount(logs, account)
    try {
      await unlink(folder.at(printedName)).catch((thrown: unknown) => {
        if (!isMissing(thrown)) throw thrown
      })
      const handle = await open(folder.at(printedName), flags.O_WRONLY | flags.O_CREAT | flags.O_EXCL | flags.O_APPEND | (flags.O_NOFOLLOW ?? 0), 0o640)
      if (account !== null) await giveOwner(handle, account)
      return { path: join(logs, printedName), handle }
    } finally {
      await folder.close()
    }
  } catch (thrown) {
    throw diskProblem(thrown, logs)
  }
}
