import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MiB } from '../../../shared/sizes.ts'
import { newestLog } from '../../node/log-follow.ts'
import { readOwned } from '../../installation/read-owned.ts'
import { readRecord } from '../../plan/record.ts'
import { configPaths, entryNames } from '../../security/config-paths.ts'
import { warns, type Context, type Finding, type Rule } from '../check.ts'
import { settingList, settingText, type Settings } from '../settings.ts'

/** bytes of a log that are read at most: what says that nobody saw a password stands in its first minute */
const mostLog = 8 * MiB

/**
 * Elasticsearch's own flow prints the elastic password once, on the terminal of a first start that comes to its end. Where that died half-way, or had no terminal, the node counts as
 * configured and nobody ever saw a password. Silent wherever that is not certain, and wherever a password was chosen before the start (as Firstnode and the packages do).
 */
export const elasticPasswordRule: Rule = {
  id: 'elastic-password',
  title: 'Elastic password',
  run: async (context) => {
    const { installation, settings, keystore } = context
    const chosen = [entryNames.bootstrapPassword, entryNames.passwordHash]
    if (settings === null || !isAutoConfiguredFirstNode(settings) || installation.state === 'unfinished') return null
    if (keystore.names === null || keystore.names.some((name) => chosen.some((one) => one === name))) return null
    if ((await readRecord(installation.config).catch(() => null)) !== null) return null
    return (await hasNoData(installation.data)) ? neverRan : ranUnseen(context)
  },
}

const neverRan: Finding = {
  ...warns(
    'Security is configured here, but the node never came up: its first start did not finish. No password of the elastic user was ever made.',
    'Start the node, then set a new password; nobody needs an old one.',
  ),
  code: 'password_unseen',
}

const inBackground: Finding = {
  ...warns(
    'The first start of this node had no terminal, so Elasticsearch made no password for the elastic user, and nobody has set one since by the file realm, which is the only way to a first one.',
    'Set a new password while the node runs; nobody needs an old one.',
  ),
  code: 'password_unseen',
}

/** As stock's first start and ours leave it; an enrolled node has the passwords of its cluster. */
function isAutoConfiguredFirstNode(settings: Settings): boolean {
  const on = (name: string): boolean => settingText(settings, name) === 'true'
  const first = settingList(settings, 'cluster.initial_master_nodes').length > 0 || settingText(settings, 'discovery.type') === 'single-node'
  return first && on('xpack.security.enrollment.enabled') && on('xpack.security.http.ssl.enabled') && settingList(settings, 'discovery.seed_hosts').length === 0
}

async function hasNoData(folders: readonly string[]): Promise<boolean> {
  const found = await Promise.all(folders.map((folder) => readdir(folder).then((names) => names.length, ({ code }: NodeJS.ErrnoException) => (code === 'ENOENT' ? 0 : 1))))
  return found.every((count) => count === 0)
}

/**
 * What the log says, where it goes back to the forming of the cluster (a log that was rotated says nothing): a start without a terminal. A first password can then only be set through
 * the file realm, and whoever does that, with our tools or with those of Elasticsearch, touches `users`: it must not have changed since the node was configured.
 */
async function ranUnseen({ installation: { config, logs } }: Context): Promise<Finding | null> {
  // The HTTP keystore is younger where its certificate was renewed.
  const { transport } = configPaths(config)
  const [users, configured] = await Promise.all([join(config, 'users'), transport].map((path) => stat(path).catch(() => null)))
  if (users == null || configured == null || users.ctimeMs > configured.mtimeMs) return null
  const path = await newestLog(logs).catch(() => null)
  const log = path === null ? null : await readOwned(path).catch(() => null)
  if (log === null || log.length > mostLog) return null
  const text = log.toString('utf8')
  return text.includes('cluster UUID set to [') && text.includes('Auto-configuration will not generate a password for the elastic built-in superuser') ? inBackground : null
}
