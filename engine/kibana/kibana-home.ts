import { access, lstat, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import type { KibanaTarget } from '../../shared/contract/kibana.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { notForOwner, readOwned } from '../installation/read-owned.ts'
import { accountToWrite } from './kibana-account.ts'
import { kibanaEnvironment, packageEnvironment } from './kibana-environment.ts'
import { readKibanaKeystore, type KibanaKeystore } from './kibana-keystore.ts'
import { kibanaText, kibanaYmlText, readKibanaSettings, type KibanaSettings } from './kibana-settings.ts'
import { resolveVariables, variablesIn, type MissingVariable } from './kibana-variables.ts'

/** A Kibana on this machine. */
export interface KibanaHome {
  readonly home: string
  readonly version: string
  readonly layout: 'archive' | 'package'
  readonly config: string
  /** `kibana.yml`, whether or not it is there */
  readonly settingsFile: string
  readonly data: string
  /** what is in `kibana.yml`, in whatever encoding; null where there is none */
  readonly bytes: Buffer | null
  /** with the variables of the environment in place */
  readonly settings: KibanaSettings
  /** variables that the settings refer to and that are not set here; `path.data` is not among them */
  readonly missing: readonly MissingVariable[]
  /** what the environment file of the service sets; empty for an archive */
  readonly packaged: Readonly<Record<string, string>>
  /** null where there is no `kibana.keystore` */
  readonly keystore: KibanaKeystore | null
  /** what starts it; null where that is not there */
  readonly launcher: string | null
}

export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  /** `/`, but for tests */
  readonly root?: string
  /** what is wrong with the settings is no reason to end: they count as empty. For what takes them back. */
  readonly lenient?: boolean
}

const manifest = z.object({ name: z.literal('kibana'), version: z.string().regex(/^\d+\.\d+\.\d+/) })

/**
 * What is in a Kibana home: an unpacked archive, or the deb or rpm in /usr/share/kibana with its configuration in
 * /etc/kibana and its data in /var/lib/kibana. Problems: `not_kibana`, `kibana_settings_unreadable`,
 * `kibana_settings_broken`, `kibana_settings_utf16`, `kibana_variable_missing` where that is in `path.data`.
 */
export async function inspectKibana(target: KibanaTarget, surroundings: Surroundings = {}): Promise<KibanaHome> {
  const { env = process.env, platform = process.platform, root = '/', lenient = false } = surroundings
  const home = resolve(target.home)
  const version = await kibanaVersion(home)
  if (version === null) throw problem('not_kibana', { path: home })
  const layout = (await isPackaged(home, root)) ? 'package' : 'archive'
  const packaged = layout === 'package' ? await packageEnvironment(root) : {}
  const config = target.config === undefined ? configOf({ home, layout, packaged, env, root }) : resolve(target.config)
  const settingsFile = join(config, 'kibana.yml')
  const read = readSettings({ settingsFile, layout, packaged, env, home, user: target.user })
  const { bytes, settings, missing } = await read.catch((thrown: unknown) => {
    if (lenient && thrown instanceof Problem) return { bytes: null, settings: {}, missing: [] }
    throw thrown
  })
  const data = dataOf(home, layout, settings, root)
  const launcher = join(home, 'bin', platform === 'win32' ? 'kibana.bat' : 'kibana')
  return {
    home,
    version,
    layout,
    config,
    settingsFile,
    data,
    bytes,
    settings,
    missing,
    packaged,
    keystore: await readKibanaKeystore({ config, data }),
    launcher: (await isThere(launcher)) ? launcher : null,
  }
}

/** The version of the Kibana in a folder, as its package.json says; null where it is none. */
export async function kibanaVersion(home: string): Promise<string | null> {
  const text = await readFile(join(home, 'package.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return manifest.parse(JSON.parse(text)).version
  } catch {
    return null
  }
}

/** The packages lay their configuration elsewhere, and leave none in the home. */
async function isPackaged(home: string, root: string): Promise<boolean> {
  const shared = join(root, 'usr', 'share', 'kibana')
  return (await realpath(home)) === (await realpath(shared).catch(() => shared)) && !(await isThere(join(home, 'config')))
}

interface Placed {
  readonly home: string
  readonly layout: KibanaHome['layout']
  readonly packaged: KibanaHome['packaged']
  readonly env: NodeJS.ProcessEnv
}

function configOf({ home, layout, packaged, env, root }: Placed & { readonly root: string }): string {
  // The service reads its environment file alone: what the caller's environment says never reaches it.
  if (layout === 'package') return packaged.KBN_PATH_CONF ?? join(root, 'etc', 'kibana')
  const named = [env.KBN_PATH_CONF, env.KIBANA_PATH_CONF].find((path) => path !== undefined && path !== '')
  return named === undefined ? join(home, 'config') : resolve(named)
}

async function readSettings(
  of: Placed & { readonly settingsFile: string; readonly user: string | undefined },
): Promise<Pick<KibanaHome, 'bytes' | 'settings' | 'missing'>> {
  const { settingsFile: path, layout, packaged, env, home, user } = of
  const bytes = await settingsBytes(path)
  const text = bytes === null ? '' : kibanaYmlText(bytes, path)
  const written = readKibanaSettings(text, path)
  if (variablesIn(text).size === 0) return { bytes, settings: written, missing: [] }
  const account = await accountToWrite({ home, layout }, user)
  const { settings, missing } = resolveVariables(written, await kibanaEnvironment({ text, account, env, packaged }))
  const ofData = missing.filter(({ setting }) => setting === 'path.data')
  if (ofData.length > 0) throw problem('kibana_variable_missing', { file: path, missing: ofData })
  return { bytes, settings, missing }
}

function dataOf(home: string, layout: KibanaHome['layout'], settings: KibanaSettings, root: string): string {
  const named = kibanaText(settings, 'path.data')
  if (named !== null && named !== '') return isAbsolute(named) ? named : resolve(home, named)
  return layout === 'package' ? join(root, 'var', 'lib', 'kibana') : join(home, 'data')
}

/** What is in a `kibana.yml`, also through a link; null where there is none. Problem: `kibana_settings_unreadable`. */
export async function settingsBytes(path: string): Promise<Buffer | null> {
  try {
    return await readOwned(path)
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException
    const isLink = await lstat(path).then((stats) => stats.isSymbolicLink(), () => false)
    if (code === 'ENOENT' && !isLink) return null
    const why: Record<string, string> = {
      EACCES: 'this account may not',
      EPERM: 'this account may not',
      EISDIR: 'it is not a file',
      ENOENT: 'it is a link to a file that does not exist',
      ELOOP: 'it is a link that leads back to itself',
      [notForOwner]: 'the account that owns its folder may not',
    }
    const known = { path, why: why[code] ?? 'the system does not give it' }
    throw problem('kibana_settings_unreadable', known, { cause: thrown })
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}

/** Whether there is a folder of that path. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((stats) => stats.isDirectory(), () => false)
}
