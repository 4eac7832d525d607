import type { Account } from '../../shared/contract/installation.ts'
import type { DiskHandle } from './disk.ts'
import { codeOf } from './disk-problem.ts'
import { isRoot } from './folder.ts'
import type { Owner } from './plan.ts'

/** What `chown` takes for "as it is". */
const unchanged = -1

/**
 * Gives an opened file or directory to `owner`, as far as the caller may. An ordinary account can give nothing to
 * another account, and no group that it is not a member of: then the file keeps the account and group that the system
 * chose, as with Elasticsearch's own auto-configuration. Root must be able to give it to the account (EPERM); a group that this
 * machine does not know is left out.
 */
export async function giveOwner(handle: DiskHandle, owner: Owner): Promise<void> {
  const now = await handle.stat()
  if (now.uid === owner.uid && now.gid === owner.gid) return
  try {
    await handle.chown(owner.uid, owner.gid)
  } catch (thrown) {
    if (!['EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS'].includes(codeOf(thrown) ?? '')) throw thrown
    if (!isRoot()) await handle.chown(unchanged, owner.gid).catch(() => undefined)
    else if (now.uid !== owner.uid) await handle.chown(owner.uid, unchanged)
  }
}

/** Whom a file that `caller` makes for `owner` will belong to: an ordinary account makes files of its own alone. */
export function ownerGiven(owner: Owner, caller: Pick<Account, 'uid'>): Owner {
  return caller.uid === 0 ? owner : { ...owner, uid: caller.uid }
}
