import { setTimeout as wait } from 'node:timers/promises'
import type { LogLine } from '../../shared/contract/setup.ts'
import { withoutTakenSecrets } from '../secret-variables.ts'
import { httpPortIn } from './bound-port.ts'
import { boundTransportIn } from './bound-transport.ts'
import { eventOfJson, eventOfText, lineOf, type LogEvent } from './log-event.ts'
import { followFile, type FollowedFile, type ServerLogs } from './log-follow.ts'

/** A batch holds no more lines than this; of what came at once beyond it the oldest are left out and counted. */
const batchCap = 500
/** Kept to explain a failure. */
const keptCap = 2000
const stockChatter = /^Enter password for the elasticsearch keystore ?: ?|^warning: ignoring /

/** What the JVM itself prints among the lines of the log; all else after an event belongs to that event (a stack trace). */
const virtualMachine = /^(?:Terminating due to|Aborting due to|Dumping heap to|Heap dump file|java\.lang\.OutOfMemoryError|Exception: |Error occurred|OpenJDK|#)/

export type TakeLines = (lines: LogLine[], dropped: number) => void | Promise<void>

/**
 * Everything a starting node says, as one stream: the server's log, and what the launcher and the JVM print beside it.
 * The console repeats the server's log until the node is ready; of it only what the log does not hold is taken.
 */
export class StartLog {
  readonly kept: LogLine[] = []
  /** the server's log file, once it was seen to grow */
  file: string | null = null
  node: string | null = null
  /** where HTTP was bound */
  httpPort: number | null = null
  /** transport was bound */
  listens = false
  readonly #logs: ServerLogs
  readonly #out: FollowedFile | null
  readonly #err: FollowedFile | null
  readonly #take: TakeLines
  readonly #see: (event: LogEvent) => void
  #server: { file: FollowedFile; json: boolean } | null = null
  #inEvent = false
  /** console lines that stand for the log as long as no log file was seen */
  #console: LogEvent[] = []
  #pumping: Promise<void> = Promise.resolve()

  constructor(from: { logs: ServerLogs; out: string | null; err: string | null }, take: TakeLines, see: (event: LogEvent) => void) {
    this.#logs = from.logs
    this.#out = from.out === null ? null : followFile(from.out, 0, null)
    this.#err = from.err === null ? null : followFile(from.err, 0, null)
    this.#take = take
    this.#see = see
  }

  /** Reads on every 150 ms until `signal` aborts. A reader that takes its time (a promise) is waited for. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.pump()
      await wait(150, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  /** Reads what is there now, all of it with `whole`. Never two at once. */
  pump(whole = false): Promise<void> {
    this.#pumping = this.#pumping.then(() => this.#read(whole))
    return this.#pumping
  }

  async #read(whole: boolean): Promise<void> {
    for (;;) {
      const lines = [...(await this.#printed()), ...(await this.#logged(whole))].map(shown)
      if (lines.length === 0) return
      this.kept.push(...lines)
      this.kept.splice(0, Math.max(0, this.kept.length - keptCap))
      const dropped = Math.max(0, lines.length - batchCap)
      await this.#take(lines.slice(dropped), dropped)
      if (!whole) return
    }
  }

  async #printed(): Promise<LogLine[]> {
    const err = (await this.#err?.read()) ?? []
    const out = (await this.#out?.read()) ?? []
    const lines = err.flatMap((text) => printedLine(text, 'ERROR'))
    for (const text of out) {
      const event = eventOfText(text)
      if (event !== null) {
        this.#inEvent = true
        this.#console.push(event)
      } else if (this.#inEvent && !virtualMachine.test(text)) this.#extendConsole(text)
      else lines.push(...printedLine(text, 'INFO'))
    }
    return lines
  }

  #extendConsole(text: string): void {
    const event = this.#console.pop()
    if (event !== undefined) this.#console.push({ ...event, stack: event.stack === null ? text : `${event.stack}\n${text}` })
  }

  async #logged(whole: boolean): Promise<LogLine[]> {
    if (this.#server === null) {
      const grown = await this.#logs.grown()
      if (grown !== null) {
        this.#server = { file: followFile(grown.path, grown.offset, grown.inode), json: grown.json }
        this.file = grown.path
      }
    }
    const events = this.#server === null ? this.#consoleEvents(whole) : await this.#fileEvents(this.#server)
    for (const event of events) {
      this.node = event.node ?? this.node
      this.httpPort = httpPortIn(event) ?? this.httpPort
      this.listens ||= boundTransportIn(event) !== null
      this.#see(event)
    }
    return events.map(lineOf)
  }

  /** Without any log file the console is all there is: taken at the end. */
  #consoleEvents(whole: boolean): LogEvent[] {
    if (!whole) return []
    return this.#console.splice(0)
  }

  async #fileEvents({ file, json }: { file: FollowedFile; json: boolean }): Promise<LogEvent[]> {
    this.#console = []
    const events: LogEvent[] = []
    for (const line of await file.read()) {
      const event = json ? eventOfJson(line) : eventOfText(line)
      const before = events.at(-1)
      if (event !== null) events.push(event)
      else if (before !== undefined && line !== '') events[events.length - 1] = { ...before, stack: before.stack === null ? line : `${before.stack}\n${line}` }
    }
    return events
  }
}

/** A node may quote a setting that it has from a secret. */
function shown(line: LogLine): LogLine {
  return { ...line, text: withoutTakenSecrets(line.text) }
}

function printedLine(text: string, level: string): LogLine[] {
  const said = text.replace(stockChatter, '')
  return said.trim() === '' ? [] : [{ at: Date.now(), level, text: said, explains: false }]
}
