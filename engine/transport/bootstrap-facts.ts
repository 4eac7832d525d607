import { stat } from 'node:fs/promises'
import type { Installation } from '../../shared/contract/installation.ts'
import { newestLog } from '../node/log-follow.ts'
import { jvmOptionsOf } from '../preflight/jvm-options.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { limitsHere, limitsOfService } from '../preflight/process-limits.ts'
import type { Settings } from '../preflight/settings.ts'
import type { BootstrapFacts } from './bootstrap/foreseen.ts'
import { warnedAtLastStart } from './bootstrap/warned.ts'

/** What bootstrap checks will look at when this node is started from here, with `settings`. `log`: its server log, or the folder where the newest one lies. */
export async function factsOf(installation: Installation, known: { readonly settings: Settings; readonly log: string; readonly env: Environment }): Promise<BootstrapFacts> {
  const { java, layout, maxMapCount } = installation
  const log = (await stat(known.log).catch(() => null))?.isDirectory() === true ? await newestLog(known.log) : known.log
  return {
    settings: known.settings,
    limits: layout === 'package' ? await limitsOfService() : limitsHere(),
    maxMapCount,
    options: await jvmOptionsOf(installation, known.env, java?.major ?? null),
    java,
    warned: log === null ? [] : await warnedAtLastStart(log),
    platform: process.platform,
    layout,
  }
}
