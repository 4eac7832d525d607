import { arch, release, type as system } from 'node:os'
import type { About, Licence } from '../../shared/contract/desktop.ts'
import { firstnodeVersion } from '../version.ts'
import type { HostAccount } from './desktop.ts'

/** Who this is, what it runs on, and whose work is in it. `licences`: of everything that is shipped. */
export function aboutFirstnode(account: HostAccount, licences: readonly Licence[]): About {
  const versions = { ...account.versions, 'Node.js': process.versions.node, [system()]: `${release()} ${arch()}` }
  return { firstnode: firstnodeVersion, versions, licences: [...licences] }
}
