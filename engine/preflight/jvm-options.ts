import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { readOwned } from '../installation/read-owned.ts'
import type { Environment } from './placeholders.ts'

export interface JvmOption {
  readonly text: string
  /** the file, or `ES_JAVA_OPTS` */
  readonly from: string
  /** in the file, from 1 on; missing where it is of no file */
  readonly line?: number
}

export interface ReadOptions {
  readonly options: readonly JvmOption[]
  /** what ends the start before Java is asked: a file that is missing or cannot be read, lines that are no options */
  readonly problem: Problem | null
}

type Home = Pick<Installation, 'config'>

/**
 * What the JVM of a node is told by its home and its environment, in that order, so that the last one of a kind stands
 * (JvmOptionsParser of 8.16.6 and 9.4.3): `jvm.options`, the files of `jvm.options.d` by their names, then `ES_JAVA_OPTS`.
 * `major`: of its Java; lines for another one are left out, null takes all.
 * Problems, as data: `jvm_options_unreadable`, `jvm_options_malformed`.
 */
export async function readJvmOptions({ config }: Home, env: Environment, major: number | null): Promise<ReadOptions> {
  const files = await Promise.all((await filesOf(config)).map((path) => readFileOfOptions(path, major)))
  const given = (env.ES_JAVA_OPTS ?? '').split(/\s+/).filter((text) => text !== '')
  return {
    options: [...files.flatMap(({ options }) => options), ...given.map((text) => ({ text, from: 'ES_JAVA_OPTS' }))],
    problem: files.find((file) => file.problem !== null)?.problem ?? null,
  }
}

/** The same, leaving out what cannot be read. */
export async function jvmOptionsOf(home: Home, env: Environment, major: number | null): Promise<readonly JvmOption[]> {
  return (await readJvmOptions(home, env, major)).options
}

/** Where an option is from, as a person finds it: `/es/config/jvm.options, line 12`. */
export function placeOf({ from, line }: JvmOption): string {
  return line === undefined ? from : `${from}, line ${line}`
}

async function filesOf(config: string): Promise<string[]> {
  const folder = join(config, 'jvm.options.d')
  const names = await readdir(folder).catch(() => [])
  // Java's pattern *.options takes names that begin with a dot as well, and sorts by bytes.
  const sorted = names.filter((name) => name.endsWith('.options')).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return [join(config, 'jvm.options'), ...sorted.map((name) => join(folder, name))]
}

async function readFileOfOptions(path: string, major: number | null): Promise<ReadOptions> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readOwned(path))
  } catch (thrown) {
    return { options: [], problem: problem('jvm_options_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown }) }
  }
  const options: JvmOption[] = []
  const bad: { line: number; text: string }[] = []
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    const option = optionOf(line, major)
    if (option === 'malformed') bad.push({ line: index + 1, text: line })
    else if (option !== null) options.push({ ...option, from: path, line: index + 1 })
  }
  return { options, problem: bad.length === 0 ? null : problem('jvm_options_malformed', { path, lines: bad }) }
}

function whyUnread(thrown: unknown): 'missing' | 'denied' | 'not a file' {
  const { code } = thrown as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : code === 'EISDIR' ? 'not a file' : 'denied'
}

/**
 * A line may begin with the Java versions it is for: `17:-Xmx2g`, `17-:-Xmx2g`, `8-9:-Xmx2g`. Nothing is trimmed: a line
 * that begins with a blank is no option. Null for a comment, an empty line and one for another Java.
 */
function optionOf(line: string, major: number | null): { text: string } | 'malformed' | null {
  if (line.startsWith('#') || /^[ \t\v\f\r\n]*$/.test(line)) return null
  const match = /^(?:(\d+)(-)?(\d+)?:)?(-[^\n\r\u0085\u2028\u2029]*)$/.exec(line)
  if (match === null) return 'malformed'
  const [, from, range, to, option = ''] = match
  if (from === undefined) return { text: option }
  const lowest = javaInt(from)
  const highest = range === undefined ? lowest : to === undefined ? Infinity : javaInt(to)
  if (lowest === null || highest === null || highest < lowest) return 'malformed'
  return major === null || (major >= lowest && major <= highest) ? { text: option } : null
}

function javaInt(digits: string): number | null {
  return Number(digits) > 2 ** 31 - 1 ? null : Number(digits)
}
