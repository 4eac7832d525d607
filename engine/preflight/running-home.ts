import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningHome } from '../../shared/contract/preflight.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { findNode } from '../node/find-node.ts'
import { addressOf } from '../setup/address-of.ts'
import { portAnswers } from '../setup/port-answers.ts'
import { settingText } from './settings.ts'

/**
 * The node of this home that runs now, whoever started it; null where none does. Also where a set-up of ours did not
 * finish: a node may run there, too.
 */
export async function runningHome(installation: Installation): Promise<RunningHome | null> {
  if (installation.state !== 'running' && installation.state !== 'unfinished') return null
  const node = await findNode(installation)
  if (node === null) return null
  const [{ url, secured: tls }, { settings }] = await Promise.all([
    addressOf(installation, node),
    readHomeSettings(installation),
  ])
  const isOff = settingText(settings, 'xpack.security.enabled') === 'false'
  return { pid: node.pid, url, secured: tls && !isOff, answering: await portAnswers(url) }
}
