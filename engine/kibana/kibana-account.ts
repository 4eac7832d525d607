import type { Account } from '../../shared/contract/installation.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { accountToRun, callerAccount, systemAccounts, type AccountSource } from '../installation/accounts.ts'
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
  const { home, layout } = kibana
  const account = await accountToRun({ home, user, caller, source: source ?? (await systemAccounts()), ...(layout === 'package' ? { preferred: 'kibana' } : {}) })
  if (account?.uid === 0) throw problem('kibana_runs_as_root', { home })
  return account
}

/** Who owns what is written for a Kibana; null also where only root could run it: it is written all the same, and started by somebody else. */
export async function accountToWrite(
  kibana: Pick<KibanaHome, 'home' | 'layout'>,
  user: string | undefined,
): Promise<Account | null> {
  return kibanaAccount(kibana, user).catch((thrown: unknown) => {
    if (thrown instanceof Problem && thrown.code === 'kibana_runs_as_root') return null
    throw thrown
  })
}
