import type { AskedOption } from './harmless-options.ts'
import type { JvmOption } from './jvm-options.ts'

/** Runs Java with these arguments, in a bounded time: how it ended and all that it said; null where it gave no answer. */
export type RunJava = (args: readonly string[]) => Promise<{ readonly code: number; readonly output: string } | null>

export interface JavaTrial {
  /** what Java refuses, with its words; `option` null: it refuses to run at all */
  readonly refused: readonly { readonly option: JvmOption | null; readonly said: string }[]
  /** Java's flags as these options make them; null where it refused, or gave no answer */
  readonly flags: ReadonlyMap<string, JvmFlag> | null
}

export interface JvmFlag {
  readonly value: string
  /** by an option, not by Java's own choice */
  readonly isGiven: boolean
}

/** Nobody reads more refusals at once, and each costs some starts of Java. */
const mostRefusals = 5

/** Java's memory is not touched, and nothing is written where it dies. */
const quietly = ['-XX:-UsePerfData', '-XX:-AlwaysPreTouch', '-XX:+ErrorFileToStdout', '-XX:-CreateCoredumpOnCrash']
const question = ['-XX:+PrintFlagsFinal', '-version']

/**
 * Asks Java whether it takes these options, as Elasticsearch's own launcher does before each start (JvmOption.flagsFinal):
 * Java reads its options, sets itself up and ends, without any program. Where it refuses, the option is found by trying a
 * part of them; then it is left out and the rest is asked, so that all are named.
 */
export async function tryOptions(options: readonly AskedOption[], run: RunJava): Promise<JavaTrial> {
  const refused: { option: JvmOption | null; said: string }[] = []
  let left = options
  while (refused.length < mostRefusals) {
    const answer = await ask(left, run)
    if (answer === null) return { refused, flags: null }
    if (answer.code === 0) return { refused, flags: flagsIn(answer.output) }
    const at = await lastOfRefused(left, run)
    if (at === null) return { refused, flags: null }
    refused.push({ option: left[at - 1]?.option ?? null, said: wordsOf(answer.output) })
    if (at === 0) break
    left = left.filter((_, index) => index !== at - 1)
  }
  return { refused, flags: null }
}

function ask(options: readonly AskedOption[], run: RunJava): ReturnType<RunJava> {
  return run([...options.flatMap(({ args }) => args), ...quietly, ...question])
}

/**
 * How many options, from the first on, Java refuses while it takes one less: the last of them is the one. 0 where it takes
 * not even none; null where it gives no answer.
 */
async function lastOfRefused(options: readonly AskedOption[], run: RunJava): Promise<number | null> {
  const none = await ask([], run)
  if (none === null) return null
  if (none.code !== 0) return 0
  let taken = 0
  let refused = options.length
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2)
    const answer = await ask(options.slice(0, middle), run)
    if (answer === null) return null
    if (answer.code === 0) taken = middle
    else refused = middle
  }
  return refused
}

/** What every refusal says besides its reason, and what is no refusal. */
const chatter =
  /^(?:Error: Could not create the Java Virtual Machine\.|Error: A fatal exception has occurred|Error occurred during initialization of|#?\s*$|\s+at |.* warning: |WARNING: )/
/** A line of Java's own log that is no error. */
const logged = /^(?!(?:\[[^\]]*\])*\[error)\[/

function wordsOf(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => ![chatter, logged, flagLine].some((pattern) => pattern.test(line)))
  const words = lines.map((line) => line.replace(/^(?:\[[^\]]*\])+\s*|^#\s*/, '').trim()).filter((line) => line !== '')
  return words.slice(0, 2).join(' ').slice(0, 400)
}

const flagLine = /^\s*\S+\s+(\S+)\s+:?=\s+(\S+)?\s+\{[^}]+?\}\s+\{([^}]+)\}/

function flagsIn(output: string): ReadonlyMap<string, JvmFlag> {
  const flags = new Map<string, JvmFlag>()
  for (const line of output.split(/\r?\n/)) {
    const [, name, value = '', origin] = flagLine.exec(line) ?? []
    if (name !== undefined) flags.set(name, { value, isGiven: origin === 'command line' })
  }
  return flags
}
