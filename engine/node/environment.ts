import { readFile } from 'node:fs/promises'
import type { Account } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { isKnownSecret, takenSecrets } from '../secret-variables.ts'
import { homeFolder } from '../system/home-folder.ts'

/** What npm, sudo and the shell left there about how Firstnode was called; and the locale, which is set anew. */
const callName = /^(npm_|INIT_CWD$|FIRSTNODE_|NODE_OPTIONS$|SUDO_|OLDPWD$|PWD$|_$|LC_|LANG$|LANGUAGE$)/

/** What a launcher's shell sets anew for everything it starts. */
const setAnew = /^(OLDPWD$|PWD$|_$|LC_|LANG$|LANGUAGE$)/

export interface AskedEnvironment {
  /** the caller's */
  readonly env: Environment
  readonly account: Account | null
  /** variables that the program's own files refer to: they come along as the caller has them, whatever they are */
  readonly refers?: ReadonlySet<string>
  /** secrets that the host took out of its own environment */
  readonly taken?: ReadonlyMap<string, Secret>
  readonly platform?: NodeJS.Platform
  /** the text of /etc/passwd */
  readonly passwd?: string
}

/**
 * The environment a node starts in: the caller's, without secrets that are known to be of no use to it and without what only concerns this
 * call, in a UTF-8 locale (Java takes the encoding of file names from it), with HOME and USER of the account that runs it (`account` null: the caller's own).
 * What the program's own files refer to stays, a secret that the host has taken out of the environment included.
 */
export async function nodeEnvironment(asked: AskedEnvironment): Promise<Record<string, string>> {
  const platform = asked.platform ?? process.platform
  const stays = stayingWith(asked)
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(asked.env)) if (value !== undefined && stays(name)) kept[name] = value
  for (const [name, secret] of asked.taken ?? takenSecrets()) if (refersTo(asked, name)) kept[name] ??= secret.reveal()
  if (platform === 'win32') return kept
  const locale = platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  for (const name of ['LANG', 'LC_ALL']) if (!refersTo(asked, name)) kept[name] = locale
  return asked.account === null ? { ...kept, HOME: kept.HOME ?? homeFolder() } : { ...kept, ...(await accountVariables(asked.account, asked.passwd)) }
}

/** The names of the variables that `nodeEnvironment` keeps from the program, sorted; those that are set anew in any case are left out. */
export function withheldNames(asked: AskedEnvironment): string[] {
  const stays = stayingWith(asked)
  const here = Object.keys(asked.env).filter((name) => !stays(name) && !setAnew.test(name))
  const taken = [...(asked.taken ?? takenSecrets()).keys()].filter((name) => !refersTo(asked, name))
  return [...new Set([...here, ...taken])].sort()
}

/** HOME and USER of an account. */
export async function accountVariables({ name, uid }: Account, passwd?: string): Promise<Record<string, string>> {
  const text = passwd ?? (await readFile('/etc/passwd', 'utf8').catch(() => ''))
  const home = text
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[2] === String(uid))?.[5]
  const user = name ?? String(uid)
  // A number without an account has no home; Java asks for one, and / exists everywhere and is nobody's to write.
  return { HOME: home === undefined || home === '' ? '/' : home, USER: user, LOGNAME: user }
}

function stayingWith(asked: AskedEnvironment): (name: string) => boolean {
  const platform = asked.platform ?? process.platform
  return (name) => {
    const plain = platform === 'win32' ? name.toUpperCase().replace(/^NPM_/, 'npm_') : name
    return refersTo(asked, name) || !(isKnownSecret(plain) || callName.test(plain))
  }
}

function refersTo({ refers = new Set(), platform = process.platform }: AskedEnvironment, name: string): boolean {
  if (platform !== 'win32') return refers.has(name)
  return [...refers].some((one) => one.toUpperCase() === name.toUpperCase())
}
