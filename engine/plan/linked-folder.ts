import { openForAccount } from '../installation/account-folder.ts'
import { accountByUid, systemAccounts, withAllGroups } from '../installation/accounts.ts'
import { isRoot, type Folder } from './folder.ts'

/**
 * Opens the folder of a file that a link in the config directory leads to, for the time of `use`. The link may be the doing
 * of the account that owns the config directory: root goes only where that account could go, into a folder of its own.
 * Problems: `untrusted_folder`, `not_a_folder`, `write_…`.
 */
export async function inLinkedFolder<T>(config: Folder, path: string, use: (folder: Folder) => Promise<T>): Promise<T> {
  const folder = await openForAccount(path, await ownerOf(config), 'own')
  try {
    return await use(folder)
  } finally {
    await folder.close()
  }
}

async function ownerOf({ uid, gid }: Folder) {
  if (!isRoot() || uid === 0) return null
  const source = await systemAccounts()
  return withAllGroups(await accountByUid(uid, source, gid), source)
}
