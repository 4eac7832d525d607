import { stat } from 'node:fs/promises'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { accountByName, accountByUid, callerAccount, describeAccount, systemAccounts, type AccountSource } from '../installation/accounts.ts'
import type { KibanaHome } from './kibana-home.ts'

/**
 * The account that runs a Kibana; null where it is the caller's own (not root, or Windows). Called by root: `user`, else the owner of the home, and of a package
 * the account `kibana`. Problems: `kibana_runs_as_root`, `user_needs_root`, `no_such_account`.
 */
export async function kibanaAccount(
  kibana: Pick<KibanaHome, 'home' | 'layout'>,
  user: string | undefined,
  { caller = callerAccount(), source }: { readonly caller?: Account | null; readonly source?: AccountSource } = {},
): Promise<Account | null> {
  if (caller === null) return null
  const from = source ?? (await systemAccounts())
  const named = user === undefined ? null : await accountByName(user, from)
  if (caller.uid !== 0) {
    if (named === null || named.uid === caller.uid) return null
    throw problem('user_needs_root', { user: describeAccount(named), caller: describeAccount(caller) })
  }
  const packaged = kibana.layout === 'package' ? await accountByName('kibana', from).catch(() => null) : null
  const { uid, gid } = await stat(kibana.home)
  const account = named ?? packaged ?? (await accountByUid(uid, from, gid))
  if (account.uid === 0) throw problem('kibana_runs_as_root', { home: kibana.home })
  return { ...account, groups: [account.gid] }
}
