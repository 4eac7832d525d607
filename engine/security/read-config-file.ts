import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { readOwned } from '../installation/read-owned.ts'
import { whyUnread } from '../preflight/settings-file.ts'
import type { Secret } from '../../shared/secret.ts'
import { readKeystore, type Keystore } from './keystore.ts'
import { formatOfInstallation } from './keystore-format.ts'

/** The `elasticsearch.keystore` of an installation, opened, with its bytes; null where there is none. Problems: `keystore_…`. */
export async function openKeystore(path: string, installation: Pick<Installation, 'version'>, password: Secret | null): Promise<(Keystore & { readonly bytes: Buffer }) | null> {
  const bytes = await readOwned(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw problem('keystore_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown })
  })
  return bytes === null ? null : { ...(await readKeystore(bytes, { password, path, newest: formatOfInstallation(installation) })), bytes }
}
