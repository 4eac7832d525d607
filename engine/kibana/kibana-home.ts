import { access, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import type { KibanaTarget } from '../../shared/contract/kibana.ts'
import { problem } from '../../shared/problems/problem.ts'
import { readAssignments } from '../installation/env-file.ts'
import { notForOwner, readOwned } from '../installation/read-owned.ts'
import { readKibanaKeystore, type KibanaKeystore } from './kibana-keystore.ts'
import { kibanaText, readKibanaSettings, type KibanaSettings } from './kibana-settings.ts'

/** A Kibana on this machine. */
export interface KibanaHome {
  readonly home: string
  readonly version: string
  readonly layout: 'archive' | 'package'
  readonly config: string
  /** `kibana.yml`, whether or not it is there */
  readonly settingsFile: string
  readonly data: string
  /** null where there is no `kibana.yml` */
  readonly text: string | null
  readonly settings: KibanaSettings
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
}

const manifest = z.object({ name: z.literal('kibana'), version: z.string().regex(/^\d+\.\d+\.\d+/) })

/**
 * What is in a Kibana home: an unpacked archive, or the deb or rpm in /usr/share/kibana with its configuration in /etc/kibana and its data in /var/lib/kibana.
 * Problems: `not_kibana`, `kibana_settings_unreadable`, `kibana_settings_broken`.
 */
export async function inspectKibana(target: KibanaTarget, surroundings: Surroundings = {}): Promise<KibanaHome> {
  const { env = process.env, platform = process.platform, root = '/' } = surroundings
  const home = resolve(target.home)
  const version = await kibanaVersion(home)
  if (version === null) throw problem('not_kibana', { path: home })
  const packaged = await isPackaged(home, root)
  const config = target.config === undefined ? await configOf(home, packaged, env, root) : resolve(target.config)
  const settingsFile = join(config, 'kibana.yml')
  const text = await textOf(settingsFile)
  const settings = readKibanaSettings(text ?? '', settingsFile)
  const data = dataOf(home, packaged, settings, root)
  const launcher = join(home, 'bin', platform === 'win32' ? 'kibana.bat' : 'kibana')
  return {
    home,
    version,
    layout: packaged ? 'package' : 'archive',
    config,
    settingsFile,
    data,
    text,
    settings,
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

async function configOf(home: string, packaged: boolean, env: NodeJS.ProcessEnv, root: string): Promise<string> {
  // The service reads its environment file alone: what the caller's environment says never reaches it.
  if (packaged) return (await packageEnvironment(root)).KBN_PATH_CONF ?? join(root, 'etc', 'kibana')
  const named = [env.KBN_PATH_CONF, env.KIBANA_PATH_CONF].find((path) => path !== undefined && path !== '')
  return named === undefined ? join(home, 'config') : resolve(named)
}

async function packageEnvironment(root: string): Promise<Record<string, string>> {
  const files = [join(root, 'etc', 'default', 'kibana'), join(root, 'etc', 'sysconfig', 'kibana')]
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return readAssignments(texts.join('\n'))
}

function dataOf(home: string, packaged: boolean, settings: KibanaSettings, root: string): string {
  const named = kibanaText(settings, 'path.data')
  if (named !== null && named !== '') return isAbsolute(named) ? named : resolve(home, named)
  return packaged ? join(root, 'var', 'lib', 'kibana') : join(home, 'data')
}

async function textOf(path: string): Promise<string | null> {
  try {
    return (await readOwned(path)).toString('utf8')
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    const why: Record<string, string> = { EACCES: 'this account may not', EPERM: 'this account may not', EISDIR: 'it is no file', [notForOwner]: 'the account that owns its folder may not' }
    throw problem('kibana_settings_unreadable', { path, why: why[code] ?? 'the system does not give it' }, { cause: thrown })
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}

/** Whether there is a folder of that path. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((stats) => stats.isDirectory(), () => false)
}
