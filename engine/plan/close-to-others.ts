import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'

/** Closes a new file or folder to all but its owner and the administrators. */
export type Close = (path: string, kind: 'file' | 'folder') => Promise<void>

const system = 'S-1-5-18'
const administrators = 'S-1-5-32-544'

/** How Windows abbreviates accounts in the text of an access list (SDDL), where it does. */
const abbreviations: Readonly<Record<string, string>> = { [system]: 'SY', [administrators]: 'BA', 'S-1-5-19': 'LS', 'S-1-5-20': 'NS' }

/**
 * Windows: takes from a file or folder that was just made all that it inherited, lets in the caller, the administrators and the system (who are above any list
 * anyway), and reads back whether that is so. Accounts are named by number: their names differ from country to country. What is made in the folder later
 * inherits that. Nothing that was there before is touched, so undoing is removing it. Problem: `access_not_closed`.
 */
export async function closeToOthers(path: string, kind: 'file' | 'folder', ask: Ask = askSystem): Promise<void> {
  try {
    const own = await ownNumber(ask)
    const rights = kind === 'folder' ? '(OI)(CI)F' : 'F'
    // An explicit entry that the folder around did not give comes from the account's own defaults: /reset takes those out.
    await ask('icacls.exe', [path, '/reset', '/q'])
    await ask('icacls.exe', [path, '/inheritance:r', '/grant:r', ...[own, administrators, system].map((one) => `*${one}:${rights}`), '/q'])
    const trouble = whatIsOpen(await readAccess(path, ask), [own, administrators, system])
    if (trouble !== null) throw problem('access_not_closed', { path, why: trouble })
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown
    const { said, message } = thrown as Error & { said?: string }
    throw problem('access_not_closed', { path, why: 'Windows refused it' }, { cause: thrown, detail: said ?? message })
  }
}

/** The number (SID) of the account that calls. */
export async function ownNumber(ask: Ask = askSystem): Promise<string> {
  const number = /S-1-[\d-]+\d/.exec(await ask('whoami.exe', ['/user', '/fo', 'csv', '/nh']))?.[0]
  if (number === undefined) throw new Error('whoami.exe names no account')
  return number
}

/** The access list of a file or folder as Windows writes it for machines: `D:PAI(A;OICI;FA;;;BA)…`. */
export async function readAccess(path: string, ask: Ask = askSystem): Promise<string> {
  const saved = join(tmpdir(), `firstnode-access-${randomUUID()}`)
  try {
    await ask('icacls.exe', [path, '/save', saved, '/q'])
    const bytes = await readFile(saved)
    const text = bytes.includes(0) ? bytes.toString('utf16le') : bytes.toString('utf8')
    const list = /^D:.*$/m.exec(text)?.[0].trim()
    if (list === undefined) throw new Error('icacls.exe saved no access list')
    return list
  } finally {
    await rm(saved, { force: true })
  }
}

/** Why a list is not closed to all but `trusted`, who must all be in it; null where it is. */
export function whatIsOpen(list: string, trusted: readonly string[]): string | null {
  const [, flags = '', entries = ''] = /^D:([A-Z_]*)(.*)$/.exec(list) ?? []
  if (!flags.includes('P')) return 'it still inherits from the folder around it'
  const allowed = [...entries.matchAll(/\(X?A;([A-Z]*);([^;]*);[^;]*;[^;]*;([^;)]*)[^)]*\)/g)].map(([, , rights = '', account = '']) => ({ rights, account }))
  const stranger = allowed.find(({ account }) => !trusted.some((one) => isAccount(account, one)))
  if (stranger !== undefined) return `the account ${stranger.account} still has access`
  const missing = trusted.find((one) => !allowed.some(({ rights, account }) => rights === 'FA' && isAccount(account, one)))
  return missing === undefined ? null : `the account ${missing} has no access`
}

/** The built-in administrator of a machine is abbreviated too, whatever its name and the number of the machine. */
function isAccount(written: string, number: string): boolean {
  return written === number || written === abbreviations[number] || (written === 'LA' && number.endsWith('-500'))
}
