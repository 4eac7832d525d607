import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { notForOwner, readOwned } from '../installation/read-owned.ts'
import type { Secret } from '../../shared/secret.ts'
import { readKeystore, type Keystore } from './keystore.ts'
import { formatOfInstallation } from './keystore-format.ts'

/** The text of an `elasticsearch.yml`, and its bytes. Problems: `settings_missing`, `settings_unreadable`. */
export async function readSettingsText(path: string): Promise<{ readonly text: string; readonly bytes: Buffer }> {
  const bytes = await readOwned(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') throw problem('settings_missing', { path })
    throw problem('settings_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown })
  })
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), bytes }
  } catch (thrown) {
    throw problem('settings_unreadable', { path, why: 'it is not written in UTF-8' }, { cause: thrown })
  }
}

/** The `elasticsearch.keystore` of an installation, opened, with its bytes; null where there is none. Problems: `keystore_…`. */
export async function openKeystore(path: string, installation: Pick<Installation, 'version'>, password: Secret | null): Promise<(Keystore & { readonly bytes: Buffer }) | null> {
  const bytes = await readOwned(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw problem('keystore_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown })
  })
  return bytes === null ? null : { ...(await readKeystore(bytes, { password, path, newest: formatOfInstallation(installation) })), bytes }
}

/** Why the system would not give a file, in words. */
export function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES' || code === 'EPERM') return 'the account that runs Firstnode may not'
  if (code === 'EISDIR') return 'it is no file'
  if (code === notForOwner) return 'the account that owns the configuration may not'
  return code === 'ENOENT' ? 'it is not there' : (code ?? message)
}
