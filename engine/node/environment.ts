import { homedir } from 'node:os'
import { readFile } from 'node:fs/promises'
import type { Account } from '../../shared/contract/installation.ts'

/** Names that hold secrets. They are the caller's business; a node reads none of them from its environment. */
const secretName = /PASSWORD|PASSWD|PASSPHRASE|(^|_)PASS(_|$)|TOKEN|SECRET|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL/i

/** What npm, sudo and the shell left there about how Firstnode was called; and the locale, which is set anew. */
const callName = /^(npm_|INIT_CWD$|FIRSTNODE_|NODE_OPTIONS$|SUDO_|OLDPWD$|PWD$|_$|LC_|LANG$|LANGUAGE$)/

/**
 * The environment a node starts in: the caller's, without secrets, in a UTF-8 locale (Java
 * takes the encoding of file names from it), with HOME and USER of the account that runs it (`account` null: the caller's own).
 */
export async function nodeEnvironment(asked: {
  env: NodeJS.ProcessEnv
  account: Account | null
  platform?: NodeJS.Platform
  /** the text of /etc/passwd */
  passwd?: string
}): Promise<Record<string, string>> {
  const platform = asked.platform ?? process.platform
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(asked.env)) {
    if (value === undefined || secretName.test(name) || callName.test(platform === 'win32' ? name.toUpperCase().replace(/^NPM_/, 'npm_') : name)) continue
    kept[name] = value
  }
  if (platform === 'win32') return kept
  const locale = platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  Object.assign(kept, { LANG: locale, LC_ALL: locale })
  return asked.account === null ? { ...kept, HOME: kept.HOME ?? homedir() } : { ...kept, ...(await accountVariables(asked.account, asked.passwd)) }
}

async function accountVariables({ name, uid }: Account, passwd?: string): Promise<Record<string, string>> {
  const text = passwd ?? (await readFile('/etc/passwd', 'utf8').catch(() => ''))
  const home = text
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[2] === String(uid))?.[5]
  const user = name ?? String(uid)
  // A number without an account has no home; Java asks for one, and / exists everywhere and is nobody's to write.
  return { HOME: home === undefined || home === '' ? '/' : home, USER: user, LOGNAME: user }
}
