import type { LogLine } from '../../shared/contract/setup.ts'

/** One event of the server's log, whichever layout it came from. `logger` is the class's last name part. */
export interface LogEvent {
  /** ms since 1970 */
  readonly at: number
  readonly level: string
  readonly logger: string
  readonly message: string
  readonly stack: string | null
  readonly node: string | null
}

const stackCap = 8192
const mostFrames = 20

/** A line of `*_server.json` (ECSJsonLayout); null where it is none. */
export function eventOfJson(line: string): LogEvent | null {
  if (!line.startsWith('{')) return null
  try {
    const raw = JSON.parse(line) as Record<string, unknown>
    if (typeof raw.message !== 'string') return null
    const at = Date.parse(text(raw['@timestamp']) ?? '')
    return {
      at: Number.isNaN(at) ? Date.now() : at,
      level: text(raw['log.level']) ?? 'INFO',
      logger: last(text(raw['log.logger']) ?? ''),
      message: raw.message,
      stack: text(raw['error.stack_trace']) ?? text(raw['error.message']),
      node: text(raw['elasticsearch.node.name']),
    }
  } catch {
    return null
  }
}

/** A line of `CLUSTER.log` or of the console (PatternLayout of the stock log4j2.properties); null where it is none, as the lines of a stack trace. */
export function eventOfText(line: string): LogEvent | null {
  const match = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d),(\d{3})\]\[(\w+)\s*\]\[(\S+)\s*\] \[(.*?)\] ?(.*)$/s.exec(line)
  if (match === null) return null
  const at = Date.parse(`${match[1]}.${match[2]}`)
  return { at, level: match[3] ?? 'INFO', logger: last(match[4] ?? ''), message: match[6] ?? '', stack: null, node: match[5] ?? null }
}

/** As the contract shows it: the message, and a stack trace below it. */
export function lineOf({ at, level, message, stack }: LogEvent): LogLine {
  return { at, level, text: stack === null ? message : `${message}\n${shortened(stack)}`, explains: false }
}

/** A long stack trace by its messages, which come last where several things went wrong at once. */
function shortened(stack: string): string {
  if (stack.length <= stackCap) return stack
  const lines = stack.split('\n')
  const frame = /^\s+(?:at |\.\.\. \d+ more)/
  return lines.filter((line, index) => index < mostFrames || !frame.test(line)).join('\n').slice(0, stackCap)
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function last(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
