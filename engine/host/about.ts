import { arch, release, type as system } from 'node:os'
import type { About } from '../../shared/contract/desktop.ts'
import { firstnodeVersion } from '../version.ts'
import type { HostAccount } from './desktop.ts'
import { licencesShipped } from './licences.ts'

/** What this runs on: name → version, the host's own first. */
export function versionsUnder(account: Pick<HostAccount, 'versions'>): Record<string, string> {
  return { ...account.versions, 'Node.js': process.versions.node, [system()]: `${release()} ${arch()}` }
}

/** Who this is, what it runs on, and whose work is in it. */
export async function aboutFirstnode(account: Pick<HostAccount, 'versions'>): Promise<About> {
  return { firstnode: firstnodeVersion, versions: versionsUnder(account), licences: await licencesShipped() }
}
