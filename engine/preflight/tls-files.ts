import { stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { mayAccess } from '../installation/access.ts'
import { readOwned } from '../installation/read-owned.ts'
import { isJks, readJks } from '../security/jks-read.ts'
import { readStore } from '../security/pkcs12-read.ts'
import type { Context } from './check.ts'
import { isConfigured } from './configured.ts'
import { settingList, settingText, type Settings } from './settings.ts'

const layers = ['xpack.security.http.ssl', 'xpack.security.transport.ssl'] as const

/**
 * Why a node with these settings could not load its certificates (SSLConfigurationLoader of 8.16.6 and 9.4.3); null where
 * it can, where security is not configured, and where nothing can be said. Every file that the settings name must be there,
 * in the config directory, readable, and open with what elasticsearch.keystore holds.
 * Problems: `tls_store_lost`, `tls_store_locked`.
 */
export async function tlsFilesProblem(context: Context): Promise<Problem | null> {
  const { settings } = context
  if (settings === null || !isConfigured(context)) return null
  for (const named of layers.flatMap((layer) => filesOf(layer, settings))) {
    const found = (await lostFile(named, context)) ?? (await lockedStore(named, settings, context))
    if (found !== null) return found
  }
  return null
}

interface NamedFile {
  readonly path: string
  /** `xpack.security.http.ssl.keystore`: what the settings of its password begin with; null for PEM files, which need none here */
  readonly store: string | null
}

function filesOf(layer: string, settings: Settings): NamedFile[] {
  const stores = ['keystore', 'truststore'].flatMap((use) => {
    const path = settingText(settings, `${layer}.${use}.path`)
    return path === null ? [] : [{ path, store: `${layer}.${use}` }]
  })
  const pem = ['key', 'certificate', 'certificate_authorities'].flatMap((name) => settingList(settings, `${layer}.${name}`))
  return [...stores, ...pem.filter((path) => path !== '').map((path) => ({ path, store: null }))]
}

async function lostFile({ path }: NamedFile, { installation, platform }: Context): Promise<Problem | null> {
  const whole = resolve(installation.config, path)
  const lost = (why: 'missing' | 'empty' | 'not a file' | 'denied' | 'outside'): Problem => problem('tls_store_lost', { path: whole, config: installation.config, why })
  const inside = relative(installation.config, whole)
  if (inside.startsWith(`..${sep}`) || isAbsolute(inside)) return lost('outside')
  const found = await stat(whole).catch((thrown: NodeJS.ErrnoException) => thrown)
  if (found instanceof Error) return found.code === 'ENOENT' || found.code === 'ENOTDIR' ? lost('missing') : null
  if (!found.isFile()) return lost('not a file')
  if (!(await mayAccess(whole, installation.runAs, 'r', platform))) return lost('denied')
  return found.size === 0 ? lost('empty') : null
}

/** A store is opened with the password that the node would use; nothing is said where the keystore was not opened. */
async function lockedStore({ path, store }: NamedFile, settings: Settings, { installation, keystore }: Context): Promise<Problem | null> {
  if (store === null || (keystore.file === 'readable' && keystore.entries == null)) return null
  const entry = `${store}.secure_password`
  const plain = settingText(settings, `${store}.password`)
  const password = keystore.entries?.get(entry)?.text() ?? (plain === null ? null : new Secret(plain))
  const whole = resolve(installation.config, path)
  const bytes = await readOwned(whole).catch(() => null)
  if (bytes === null) return null
  try {
    const known = { password: password ?? new Secret(''), keyPassword: password ?? new Secret(''), path: whole }
    if (isJks(bytes)) readJks(bytes, known)
    else await readStore(bytes, known.password, whole)
    return null
  } catch (thrown) {
    if (!(thrown instanceof Problem)) return null
    if (thrown.code === 'store_torn') return problem('tls_store_lost', { path: whole, config: installation.config, why: 'damaged' })
    return thrown.code === 'store_wrong_password' ? problem('tls_store_locked', { path: whole, entry, isSet: password !== null }) : null
  }
}
