import { lstat, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { mayAccess } from '../installation/access.ts'
import { readKeystore, type KeystoreEntries } from '../security/keystore.ts'

export interface KeystoreLook {
  readonly path: string
  /** `irregular`: a link, a folder or the like; `unreadable`: for the account that runs the node */
  readonly file: 'missing' | 'irregular' | 'unreadable' | 'readable'
  /** the names of its entries; null where it was not opened */
  readonly names: readonly string[] | null
  /** the entries themselves, to open stores with; null where it was not opened */
  readonly entries?: KeystoreEntries | null
  /** why it could not be opened: torn, locked, of an unknown version */
  readonly problem: Problem | null
}

/** Looks at `elasticsearch.keystore` beside the settings, and into it; touches nothing. What is wrong with it is data, for checks to tell. */
export async function lookAtKeystore(installation: Installation, password: Secret | null, platform: NodeJS.Platform = process.platform): Promise<KeystoreLook> {
  const path = join(installation.config, 'elasticsearch.keystore')
  const closed = { path, names: null, entries: null, problem: null }
  const [itself, target] = await Promise.all([lstat(path).catch(() => null), stat(path).catch(() => null)])
  // A link that leads nowhere counts as missing (Files.exists follows it).
  if (itself === null || target === null) return { ...closed, file: 'missing' }
  if (!itself.isFile()) return { ...closed, file: 'irregular' }
  if (!(await mayAccess(path, installation.runAs, 'r', platform))) return { ...closed, file: 'unreadable' }
  try {
    const { entries } = await readKeystore(await readFile(path), { password, path })
    return { path, file: 'readable', names: [...entries.keys()], entries, problem: null }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return { path, file: 'readable', names: null, entries: null, problem: thrown }
  }
}
