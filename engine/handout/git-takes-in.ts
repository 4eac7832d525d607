import { lstat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { GitView } from '../../shared/contract/handout.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { findProgram } from '../system/find-program.ts'

/**
 * Whether Git would take the file `name` of this folder (a real path) into its repository: Git itself is asked, since what it ignores stands in many places. `git`: where the program is; null where there is none.
 */
export async function gitTakesIn(folder: string, name: string, ask: Ask = askSystem, git?: string | null): Promise<GitView> {
  if (!(await isInRepository(folder))) return 'none'
  const program = git === undefined ? await findProgram('git') : git
  if (program === null) return 'unknown'
  // The settings of a repository may name a program that watches its files; nothing of it is to run for a question.
  const asked = (...args: readonly string[]): Promise<number> => exitOf(ask(program, ['-C', folder, '-c', 'core.fsmonitor=false', ...args]))
  if ((await asked('ls-files', '--error-unmatch', '--', name)) === 0) return 'tracked'
  const ignored = await asked('check-ignore', '--quiet', '--', name)
  return ignored === 0 ? 'ignored' : ignored === 1 ? 'open' : 'unknown'
}

async function isInRepository(folder: string): Promise<boolean> {
  if (await lstat(join(folder, '.git')).then(() => true, () => false)) return true
  const above = dirname(folder)
  return above !== folder && isInRepository(above)
}

async function exitOf(answer: Promise<string>): Promise<number> {
  try {
    await answer
    return 0
  } catch (thrown) {
    const { code } = thrown as { code?: unknown }
    return typeof code === 'number' ? code : -1
  }
}
