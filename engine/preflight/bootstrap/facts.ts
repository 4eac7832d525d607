import { stat } from 'node:fs/promises'
import type { Installation } from '../../../shared/contract/installation.ts'
import { newestLog } from '../../node/log-follow.ts'
import { configPaths } from '../../security/config-paths.ts'
import { jvmOptionsOf, type JvmOption } from '../jvm-options.ts'
import type { Environment } from '../placeholders.ts'
import { limitsHere, limitsOfService, type ProcessLimits } from '../process-limits.ts'
import type { Settings } from '../settings.ts'
import type { BootstrapFacts } from './foreseen.ts'
import { warnedAtLastStart } from './warned.ts'

interface Known {
  readonly settings: Settings
  /** its server log, or the folder where the newest one is */
  readonly log: string
  readonly env: Environment
  readonly platform?: NodeJS.Platform
  readonly limits?: ProcessLimits
}

/** What bootstrap checks will look at when this node is started from here. */
export async function factsOf(installation: Installation, known: Known): Promise<BootstrapFacts> {
  const { java, layout, maxMapCount } = installation
  const { settings, env, platform = process.platform } = known
  const log = (await stat(known.log).catch(() => null))?.isDirectory() === true ? await newestLog(known.log) : known.log
  return {
    settings,
    limits: known.limits ?? (layout === 'package' ? await limitsOfService() : limitsHere(platform)),
    maxMapCount,
    options: await jvmOptionsOf(installation, env, java?.major ?? null),
    java,
    warned: log === null ? [] : await warnedAtLastStart(log),
    platform,
    layout,
  }
}

/** The options as they will be once `heap` is set in Firstnode's own file. */
export function withHeap(options: readonly JvmOption[], { config }: Pick<Installation, 'config'>, heap: string): readonly JvmOption[] {
  return withWritten(options, configPaths(config).heap, `-Xms${heap}\n-Xmx${heap}\n`)
}

/** The options as they will be once `text` is in the file `path`: Java reads it before ES_JAVA_OPTS, and of the other files none that comes later speaks of the heap. */
export function withWritten(options: readonly JvmOption[], path: string, text: string | null): readonly JvmOption[] {
  if (text === null) return options
  const others = options.filter(({ from }) => from !== path)
  const written = text.split('\n').flatMap((line) => (line.startsWith('-') ? [{ text: line, from: path }] : []))
  return [...others.filter(({ from }) => from !== 'ES_JAVA_OPTS'), ...written, ...others.filter(({ from }) => from === 'ES_JAVA_OPTS')]
}
