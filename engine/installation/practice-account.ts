import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { accountByName, callerAccount, describeAccount, firstOrdinaryAccount, parsePasswd, systemAccounts, type AccountSource } from './accounts.ts'

/** Where no account of a person is there: the first number from here on that nobody has. */
const firstFreeNumber = 9200

/**
 * Whom the practice copy belongs to; null for the caller itself (not root, or Windows). Called by root: `user`, else
 * `SUDO_UID`, else the first ordinary account, else an unprivileged number that needs no account.
 * Problems: `user_needs_root`, `no_such_account`, `would_run_as_root`.
 */
export async function practiceAccount(asked: {
  user?: string | undefined
  env?: NodeJS.ProcessEnv
  caller?: Account | null
  source?: AccountSource
} = {}): Promise<Account | null> {
  const { user, env = process.env } = asked
  const caller = asked.caller === undefined ? callerAccount() : asked.caller
  if (caller === null) return null
  const source = asked.source ?? (await systemAccounts())
  const named = user === undefined ? null : await accountByName(user, source)
  if (caller.uid !== 0) {
    if (named === null || named.uid === caller.uid) return null
    throw problem('user_needs_root', { user: describeAccount(named), caller: describeAccount(caller) })
  }
  if (named?.uid === 0) throw problem('would_run_as_root', { home: 'The practice copy' })
  if (named !== null) return named
  const sudo = /^[1-9]\d*$/.test(env.SUDO_UID ?? '') ? await accountByName(env.SUDO_UID ?? '', source) : null
  return sudo ?? firstOrdinaryAccount(source) ?? freeNumber(source)
}

function freeNumber(source: AccountSource): Account {
  const taken = new Set(parsePasswd(source.passwd).flatMap(({ uid, gid }) => [uid, gid]))
  let uid = firstFreeNumber
  while (taken.has(uid)) uid += 1
  return { name: null, uid, gid: uid, groups: [uid] }
}
