import type { Installation } from '../../../shared/contract/installation.ts'
import type { Finding } from '../check.ts'
import type { JvmOption } from '../jvm-options.ts'
import type { ProcessLimits } from '../process-limits.ts'
import type { Settings } from '../settings.ts'

/** What Elasticsearch's bootstrap checks look at, as far as it can be known before a start. */
export interface BootstrapFacts {
  /** as they will be */
  readonly settings: Settings
  readonly limits: ProcessLimits
  readonly maxMapCount: number | null
  /** what the JVM is told, in the order in which it stands */
  readonly options: readonly JvmOption[]
  readonly java: Installation['java']
  /** checks that failed at the last start and were only warnings then, as the log says them */
  readonly warned: readonly string[]
  readonly platform: NodeJS.Platform
  /** who sets the limits of the node: the account, or systemd */
  readonly layout: Installation['layout']
}

/** One of Elasticsearch's bootstrap checks, foreseen. `run` gives null where it has nothing to look at here. */
export interface BootstrapRule {
  readonly id: string
  readonly title: string
  readonly run: (facts: BootstrapFacts) => Finding | null
}

/** The last option that `pattern` fits, and what its first group holds; null where there is none. */
export function lastOption(options: readonly JvmOption[], pattern: RegExp): (JvmOption & { readonly value: string }) | null {
  const found = options.findLast(({ text }) => pattern.test(text))
  return found === undefined ? null : { ...found, value: pattern.exec(found.text)?.[1] ?? '' }
}
