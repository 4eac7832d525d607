import { access, constants, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { mayAccess } from '../installation/access.ts'
import type { KibanaHome } from './kibana-home.ts'
import { passphraseFile } from './kibana-keystore.ts'
import { connectedBy, connectingNames } from './kibana-settings.ts'
import { isEnrolled } from './kibana-view.ts'

/** Refuses where Kibana itself would not ask for a token: it is connected already. Problems: `kibana_enrolled_already`, `kibana_connected_already`. */
export function refuseConnected({ settings, settingsFile: file }: KibanaHome): void {
  const connected = connectedBy(settings)
  if (connected === null) return
  const { hosts, credentials } = connected
  if (isEnrolled(connected)) throw problem('kibana_enrolled_already', { file, where: hosts.length === 0 ? '' : ` with ${hosts.join(', ')}` })
  throw problem('kibana_connected_already', { file, what: [...(hosts.length === 0 ? [] : ['elasticsearch.hosts']), ...credentials].join(', ') })
}

/**
 * Refuses where `kibana.keystore` holds what the settings would say: what stands there wins over `kibana.yml`, so it could not be replaced by writing that. One that cannot be looked into passes.
 * Problem: `kibana_keystore_connected`.
 */
export function refuseKeystore({ keystore }: Pick<KibanaHome, 'keystore'>): void {
  const names = keystore?.settings == null ? [] : connectingNames(keystore.settings)
  if (keystore !== null && names.length > 0) throw problem('kibana_keystore_connected', { file: keystore.file, names })
}

/** Refuses to start a Kibana that would ask for the password of its keystore, where nobody could answer. Problem: `kibana_keystore_locked`. */
export function refuseLocked({ keystore }: Pick<KibanaHome, 'keystore'>, env: NodeJS.ProcessEnv = process.env): void {
  if (keystore?.locked === true && (env[passphraseFile] ?? '') === '') throw problem('kibana_keystore_locked', { file: keystore.file })
}

/** Refuses to start a Kibana of which a variable is not set. Problem: `kibana_variable_missing`. */
export function refuseMissing({ missing, settingsFile: file }: Pick<KibanaHome, 'missing' | 'settingsFile'>): void {
  if (missing.length > 0) throw problem('kibana_variable_missing', { file, missing })
}

/**
 * Refuses before a token is used what could not be written afterwards. A file that is marked read-only is meant to stay as it is, though renaming a new one into its place would be
 * possible. `account`: who runs Kibana, where that is not the caller; where it may not write its own data, nobody writes there for it. Problems: `kibana_settings_read_only`, `kibana_folder_closed`.
 */
export async function refuseUnwritable(kibana: KibanaHome, account: Account | null): Promise<void> {
  const { config, data, settingsFile, bytes } = kibana
  const written = bytes === null ? [] : [dirname(await realpath(settingsFile))]
  for (const path of new Set([config, ...written, data])) {
    const stats = await stat(path).catch(() => null)
    if (stats?.isDirectory() !== true) throw problem('kibana_folder_closed', { path, why: stats === null ? 'does not exist' : 'is not a folder' })
    if (!(await mayAccess(path, null, 'w'))) throw problem('kibana_folder_closed', { path, why: 'may not be written by this account' })
  }
  if (account !== null && !(await mayAccess(data, account, 'w'))) throw problem('kibana_folder_closed', { path: data, why: 'may not be written by the account that runs Kibana' })
  if (bytes === null) return
  const { mode } = await stat(settingsFile)
  const closed = await access(settingsFile, constants.W_OK).then(() => false, () => true)
  // Root may write what nobody may.
  if (closed || (process.platform !== 'win32' && (mode & 0o222) === 0)) throw problem('kibana_settings_read_only', { path: settingsFile })
}
