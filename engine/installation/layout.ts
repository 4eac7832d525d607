import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readAssignments } from './env-file.ts'
import type { Installation } from '../../shared/contract/installation.ts'

/** Where a home keeps what, before its settings are read. */
export interface Layout {
  readonly kind: Installation['layout']
  readonly config: string
  readonly configSource: Installation['configSource']
  /** what the package's own environment file sets (ES_JAVA_HOME, ES_PATH_CONF, …); empty for an archive */
  readonly packageEnv: Readonly<Record<string, string>>
}

/**
 * An unpacked archive, or the deb or rpm: their `bin/elasticsearch-env` says which (ES_DISTRIBUTION_TYPE) and reads an
 * environment file that names the config directory. `config` is what was asked for; `root` is `/` but for tests.
 */
export async function layoutOf(asked: {
  home: string
  config?: string | undefined
  env?: NodeJS.ProcessEnv
  root?: string
}): Promise<Layout> {
  const { home, env = process.env, root = '/' } = asked
  const packageEnv = await packageEnvironment(home, root)
  const kind = packageEnv === null ? 'archive' : 'package'
  const known = { kind, packageEnv: packageEnv ?? {} } as const
  if (asked.config !== undefined) return { ...known, config: resolve(asked.config), configSource: 'asked' }
  // The service reads its environment file alone: what the caller's environment says never reaches it.
  if (packageEnv === null && env.ES_PATH_CONF) return { ...known, config: resolve(env.ES_PATH_CONF), configSource: 'ES_PATH_CONF' }
  if (packageEnv === null) return { ...known, config: join(home, 'config'), configSource: 'layout' }
  return { ...known, config: packageEnv.ES_PATH_CONF ?? join(root, 'etc', 'elasticsearch'), configSource: 'layout' }
}

/** Is this the home of the deb or rpm, set up when it was installed and run by systemd as the account `elasticsearch`? */
export async function isPackaged(home: string): Promise<boolean> {
  return (await distributionType(home)) !== null
}

async function packageEnvironment(home: string, root: string): Promise<Record<string, string> | null> {
  const type = await distributionType(home)
  if (type === null) return null
  const file = type === 'deb' ? join(root, 'etc', 'default', 'elasticsearch') : join(root, 'etc', 'sysconfig', 'elasticsearch')
  return readAssignments(await readFile(file, 'utf8').catch(() => ''))
}

async function distributionType(home: string): Promise<'deb' | 'rpm' | null> {
  const script = await readFile(join(home, 'bin', 'elasticsearch-env'), 'utf8').catch(() => '')
  const type = /^[ \t]*(?:export[ \t]+)?ES_DISTRIBUTION_TYPE=["']?(\w+)/m.exec(script)?.[1]
  return type === 'deb' || type === 'rpm' ? type : null
}
