import { lchown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'

/** Gives a folder and all below it to an account; links themselves, not what they lead to. The folder comes last, so that nobody else can reach in before all is done. */
export async function giveTree(folder: string, account: Pick<Account, 'uid' | 'gid'>): Promise<void> {
  const paths = await readdir(folder, { recursive: true })
  await Promise.all(paths.map((path) => lchown(join(folder, path), account.uid, account.gid)))
  await lchown(folder, account.uid, account.gid)
}
