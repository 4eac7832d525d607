import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { mayAccess } from '../installation/access.ts'

export interface KeystoreLook {
  readonly path: string
  /** `irregular`: a link, a folder or the like; `unreadable`: for the account that runs the node */
  readonly file: 'missing' | 'irregular' | 'unreadable' | 'readable'
}

/** Looks at `elasticsearch.keystore` beside the settings; touches nothing. */
export async function lookAtKeystore(installation: Installation, _password: Secret | null, platform: NodeJS.Platform): Promise<KeystoreLook> {
  const path = join(installation.config, 'elasticsearch.keystore')
  const [itself, target] = await Promise.all([lstat(path).catch(() => null), stat(path).catch(() => null)])
  if (itself === null || target === null) return { path, file: 'missing' }
  if (!itself.isFile()) return { path, file: 'irregular' }
  if (!(await mayAccess(path, installation.runAs, 'r', platform))) return { path, file: 'unreadable' }
  return { path, file: 'readable' }
}
