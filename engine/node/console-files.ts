import { constants as flags } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { makeForAccount } from '../installation/account-folder.ts'
import { open, unlink, type DiskHandle } from '../plan/disk.ts'
import { codeOf } from '../plan/disk-problem.ts'
import type { Folder } from '../plan/folder.ts'
import { giveOwner } from '../plan/give-owner.ts'
import { consoleNames } from './log-of-start.ts'

/** Where the launcher and the JVM print: what they say before the server's log is up is in no other place. */
export interface ConsoleFiles {
  readonly out: { readonly path: string; readonly handle: DiskHandle }
  readonly err: { readonly path: string; readonly handle: DiskHandle }
  close(): Promise<void>
}

/**
 * Makes `firstnode-start.out` and `.err` in the logs folder (made where it is missing), anew for each start, 0640, the account's own. Called by root it
 * makes only what the account could make itself. Problem: `untrusted_folder`.
 */
export async function openConsoleFiles(logs: string, account: Account | null): Promise<ConsoleFiles> {
  const folder = await makeForAccount(logs, account)
  try {
    const out = await openAnew(folder, consoleNames.out, account)
    const err = await openAnew(folder, consoleNames.err, account)
    return {
      out: { path: join(logs, consoleNames.out), handle: out },
      err: { path: join(logs, consoleNames.err), handle: err },
      async close() {
        await Promise.all([out.close(), err.close()])
      },
    }
  } finally {
    await folder.close()
  }
}

/** Never through a link: where root starts the node, the folder belongs to a less privileged account. */
async function openAnew(folder: Folder, name: string, account: Account | null): Promise<DiskHandle> {
  await unlink(folder.at(name)).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOENT') throw thrown
  })
  const handle = await open(folder.at(name), flags.O_WRONLY | flags.O_CREAT | flags.O_EXCL | flags.O_APPEND | (flags.O_NOFOLLOW ?? 0), 0o640)
  if (account !== null) await giveOwner(handle, account)
  return handle
}
