import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { lchown, readdir } from '../plan/disk.ts'
import { openFolder, type Folder } from '../plan/folder.ts'

/**
 * Gives a folder and all below it to an account; links themselves, not what they lead to. Each folder comes after all that is in it, by its descriptor:
 * from the moment the account has one it can exchange names in it, and nothing there is touched any more.
 */
export async function giveTree(path: string, account: Pick<Account, 'uid' | 'gid'>): Promise<void> {
  const folder = await openFolder(path)
  try {
    await give(folder, account)
  } finally {
    await folder.close()
  }
}

async function give(folder: Folder, { uid, gid }: Pick<Account, 'uid' | 'gid'>): Promise<void> {
  for (const entry of await readdir(folder.at('.'), { withFileTypes: true })) {
    if (!entry.isDirectory()) {
      await lchown(folder.at(entry.name), uid, gid)
      continue
    }
    const inner = await openFolder(join(folder.path, entry.name), folder.at(entry.name))
    try {
      await give(inner, { uid, gid })
    } finally {
      await inner.close()
    }
  }
  await folder.handle?.chown(uid, gid)
}
