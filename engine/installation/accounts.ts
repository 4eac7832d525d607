import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import type { Account } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { groupsOfRun } from './run-as.ts'

const run = promisify(execFile)

/** What the account files say, and who asks: a parameter so that it can be tested without being root. */
export interface AccountSource {
  readonly passwd: string
  readonly group: string
  /** asks the system's directory (LDAP, Open Directory) for what the files do not hold */
  readonly id: (args: readonly string[]) => Promise<string | null>
  /** which groups of an account a program has that root starts as it; the system's answer where it is not given */
  readonly groupsOfRun?: (account: Account) => Promise<number[]>
}

export interface PasswdEntry {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly shell: string
}

/** The account that runs this process; null on Windows, which has no numbers for it. */
export function callerAccount(): Account | null {
  if (process.getuid === undefined || process.getgid === undefined || process.getgroups === undefined) return null
  const uid = process.getuid()
  const gid = process.getgid()
  return { name: nameOfCaller(), uid, gid, groups: unique([gid, ...process.getgroups()]) }
}

/**
 * The account of that name or number, from /etc/passwd and /etc/group, else from `id` (LDAP, macOS).
 * A number with no account behind it is one too: the group of the same number, no name. Problem: `no_such_account`.
 */
export async function accountByName(nameOrUid: string, source?: AccountSource): Promise<Account> {
  const from = source ?? (await systemAccounts())
  if (/^\d{1,10}$/.test(nameOrUid)) return accountByUid(Number(nameOrUid), from)
  const entry = parsePasswd(from.passwd).find(({ name }) => name === nameOrUid)
  const found = entry === undefined ? await fromDirectory(nameOrUid, from) : withGroups(entry, from)
  if (found === null) throw problem('no_such_account', { user: nameOrUid })
  return found
}

/** The account with this number; `gid` says its group where no account stands behind it. */
export async function accountByUid(uid: number, source?: AccountSource, gid = uid): Promise<Account> {
  if (uid > 4_294_967_294) throw problem('no_such_account', { user: String(uid) })
  const from = source ?? (await systemAccounts())
  const entry = parsePasswd(from.passwd).find((one) => one.uid === uid)
  if (entry !== undefined) return withGroups(entry, from)
  return (await fromDirectory(String(uid), from)) ?? { name: null, uid, gid, groups: [gid] }
}

/** Who owns this path; null on Windows. */
export async function ownerOf(path: string, source?: AccountSource): Promise<Account | null> {
  if (callerAccount() === null) return null
  const { uid, gid } = await stat(path)
  return accountByUid(uid, source, gid)
}

/**
 * The account that will run the node of this home; null where it is the caller's own (not root, or Windows).
 * Called by root: `user`, else the owner of the home. `packaged`, the deb and rpm: their account `elasticsearch`, whoever calls.
 * Problems: `would_run_as_root`, `user_needs_root`, `no_such_account`.
 */
export async function runAccount(asked: {
  home: string
  user?: string | undefined
  packaged?: boolean
  caller?: Account | null
  source?: AccountSource
}): Promise<Account | null> {
  const caller = asked.caller === undefined ? callerAccount() : asked.caller
  if (caller === null) return null
  const source = asked.source ?? (await systemAccounts())
  // systemd starts those, whoever calls us.
  const packaged = asked.packaged === true ? await accountByName('elasticsearch', source).catch(() => null) : null
  if (packaged !== null) return withAllGroups(packaged, source)
  const account = await accountToRun({ home: asked.home, user: asked.user, caller, source })
  if (account?.uid === 0) throw problem('would_run_as_root', { home: asked.home })
  return account
}

/**
 * Who runs what lies in `home` for `caller`: itself (null) where that is not root; else `user`, else the account `preferred` where there is one, else the owner of the home.
 * Problems: `user_needs_root`, `no_such_account`.
 */
export async function accountToRun(asked: { home: string; user: string | undefined; caller: Account; source: AccountSource; preferred?: string }): Promise<Account | null> {
  const { home, caller, source } = asked
  const named = asked.user === undefined ? null : await accountByName(asked.user, source)
  if (caller.uid !== 0) {
    if (named === null || named.uid === caller.uid) return null
    throw problem('user_needs_root', { user: describeAccount(named), caller: describeAccount(caller) })
  }
  const preferred = asked.preferred === undefined ? null : await accountByName(asked.preferred, source).catch(() => null)
  const { uid, gid } = await stat(home)
  const account = named ?? preferred ?? (await accountByUid(uid, source, gid))
  const whole = await withAllGroups(account, source)
  return { ...whole, groups: await (source.groupsOfRun ?? groupsOfRun)(whole) }
}

/** The home belongs to somebody else than who will run the node: told by a check, not thrown. Null where all is well. */
export function ownerMismatch(asked: {
  home: string
  owner: Account | null
  runAs: Account | null
  caller?: Account | null
}): Problem | null {
  const runAs = asked.runAs ?? (asked.caller === undefined ? callerAccount() : asked.caller)
  if (asked.owner === null || runAs === null || runAs.uid === asked.owner.uid) return null
  return problem('owner_mismatch', { home: asked.home, owner: describeAccount(asked.owner), runAs: describeAccount(runAs) })
}

/** `cloud (1000)`, or `account 1000` where no name stands behind the number. */
export function describeAccount(account: Account): string {
  return account.name === null ? `account ${account.uid}` : `${account.name} (${account.uid})`
}

/** The first account of a person: number from 1000 on, a shell to log in with, not `nobody`. */
export function firstOrdinaryAccount(source: AccountSource): Account | null {
  const entry = parsePasswd(source.passwd)
    .filter(({ uid, shell }) => uid >= 1000 && uid < 60_000 && !/(?:nologin|false|sync)$/.test(shell))
    .toSorted((a, b) => a.uid - b.uid)[0]
  return entry === undefined ? null : withGroups(entry, source)
}

/** The lines of /etc/passwd; what is no account (comments, NIS lines) is left out. */
export function parsePasswd(text: string): PasswdEntry[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name = '', , uid = '', gid = '', , , shell = ''] = line.split(':')
    if (name === '' || /^[#+-]/.test(name) || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return []
    return [{ name, uid: Number(uid), gid: Number(gid), shell }]
  })
}

/** /etc/passwd, /etc/group and `id` of this machine. */
export async function systemAccounts(): Promise<AccountSource> {
  const [passwd, group] = await Promise.all(['/etc/passwd', '/etc/group'].map((path) => readFile(path, 'utf8').catch(() => '')))
  return {
    passwd: passwd ?? '',
    group: group ?? '',
    id: async (args) => {
      const { stdout } = await run('id', args, { timeout: 5000 }).catch(() => ({ stdout: null }))
      return stdout === null ? null : stdout.trim()
    },
  }
}

/** The account with all of its groups: those of the system's directory (LDAP) are not in /etc/group. */
export async function withAllGroups(account: Account, source: AccountSource): Promise<Account> {
  if (account.name === null || !isPlainName(account.name)) return account
  const further = numbersIn(await source.id(['-G', account.name]))
  return { ...account, groups: unique([account.gid, ...account.groups, ...further]) }
}

function withGroups(entry: PasswdEntry, source: AccountSource): Account {
  const further = source.group.split(/\r?\n/).flatMap((line) => {
    const [, , gid = '', members = ''] = line.split(':')
    return /^\d+$/.test(gid) && members.split(',').includes(entry.name) ? [Number(gid)] : []
  })
  return { name: entry.name, uid: entry.uid, gid: entry.gid, groups: unique([entry.gid, ...further]) }
}

async function fromDirectory(nameOrUid: string, source: AccountSource): Promise<Account | null> {
  // A name from outside must not be read as an option.
  if (!isPlainName(nameOrUid)) return null
  const [name, uid, gid, groups] = await Promise.all(['-un', '-u', '-g', '-G'].map((option) => source.id([option, nameOrUid])))
  if (!name || !uid || !gid || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return null
  return { name, uid: Number(uid), gid: Number(gid), groups: unique([Number(gid), ...numbersIn(groups)]) }
}

const isPlainName = (name: string): boolean => /^[^-\s:/][^\s:/]*$/.test(name)

function numbersIn(text: string | null | undefined): number[] {
  return (text ?? '').split(/\s+/).filter((one) => /^\d+$/.test(one)).map(Number)
}

function nameOfCaller(): string | null {
  try {
    return userInfo().username
  } catch {
    // A bare number with no account behind it has no name: os.userInfo throws.
    return null
  }
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)]
}
