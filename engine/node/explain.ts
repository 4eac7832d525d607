import type { LogLine } from '../../shared/contract/setup.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { JvmOption } from '../preflight/jvm-options.ts'
import { failureRules } from './failure-rules.ts'

/** Where and how a start failed, as far as the caller knows it. */
export interface FailedStart {
  /** what Java was told, to name where a refused option is from */
  readonly options?: readonly JvmOption[]
  readonly home: string
  readonly config: string
  /** the first data folder */
  readonly data: string
  /** exit status of the launcher; null where it was ended by a signal or is not known */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** the kernel killed something for want of memory meanwhile */
  readonly memoryKill: boolean
}

/** `line`: index in `lines` of the one that explains it; null where none does. */
export interface Explanation {
  readonly problem: Problem
  readonly line: number | null
}

/**
 * Says why a start failed, from what it logged and how it ended. Rules are tried in order, each on the lines from the last
 * one back: what ended the node stands near the end. A node that was killed is not explained by what it said before.
 * Gives a problem of the rooms `node` and `security`; `start_failed` where no rule fits.
 */
export function explainFailure(lines: readonly LogLine[], how: FailedStart): Explanation {
  const detail = lines
    .slice(-40)
    .map(({ text }) => text)
    .join('\n')
  const last = lines.length === 0 ? null : lines.length - 1
  if (killedFromOutside(how)) return { problem: unexplained(how, detail), line: last }
  const texts = withTraces(lines)
  for (const rule of failureRules) {
    // What was a warning did not end it: bootstrap checks are only that as long as nobody can reach the node.
    const index = texts.findLastIndex((text, at) => lines[at]?.level !== 'WARN' && rule.pattern.test(text))
    const match = rule.pattern.exec(texts[index] ?? '')
    if (match !== null) return { problem: rule.told(match, how, { detail }), line: index }
  }
  return { problem: unexplained(how, detail), line: last }
}

/** What was printed comes line by line: each with the stack trace that follows it. */
function withTraces(lines: readonly LogLine[]): string[] {
  const texts = lines.map(({ text }) => text)
  for (let at = texts.length - 1; at > 0; at--) {
    if (lines[at]?.level !== lines[at - 1]?.level || !/^(?:\s+at |\s+\.\.\. \d+ more|\s+Suppressed: |Caused by: )/.test(texts[at] ?? '')) continue
    texts[at - 1] = `${texts[at - 1] ?? ''}\n${texts[at] ?? ''}`
    texts[at] = ''
  }
  return texts
}

function killedFromOutside({ code, signal }: FailedStart): boolean {
  return ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'].includes(signal ?? signalOfStatus(code) ?? '')
}

function unexplained(how: FailedStart, detail: string): Problem {
  const signal = how.signal ?? signalOfStatus(how.code)
  if (signal === 'SIGKILL' && how.memoryKill) return problem('out_of_memory_killed', {}, { detail })
  if (signal !== null) return problem('node_killed', { signal }, { detail })
  const ended = how.code === null ? 'it is gone' : `exit status ${how.code}`
  return problem('start_failed', { home: how.home, how: ended }, { detail })
}

/** The launcher ends with 128 + n where the server was ended by signal n. */
function signalOfStatus(code: number | null): string | null {
  const names: Record<number, string> = { 129: 'SIGHUP', 130: 'SIGINT', 134: 'SIGABRT', 137: 'SIGKILL', 139: 'SIGSEGV', 143: 'SIGTERM' }
  return code === null ? null : (names[code] ?? null)
}
