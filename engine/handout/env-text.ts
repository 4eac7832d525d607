import { envValue } from './env-value.ts'

export interface EnvEdit {
  readonly text: string
  /** names whose value was replaced, and names that were added, in their order */
  readonly replaced: readonly string[]
  readonly added: readonly string[]
}

/**
 * The text of a .env with these variables in it: where a name is set already its value alone is replaced (each time it is set), else a line is added at the end. All else stays to the byte: comments, order, `export`, line ends.
 * Problem: `env_value_unwritable`.
 */
export function envText(before: string, variables: Readonly<Record<string, string>>): EnvEdit {
  let text = before
  const replaced: string[] = []
  const added: string[] = []
  const end = before.includes('\r\n') ? '\r\n' : '\n'
  for (const [name, value] of Object.entries(variables)) {
    const written = envValue(name, value)
    const found = valuesIn(text).filter((one) => one.name === name)
    if (found.length === 0) {
      text += `${text === '' || text === '\ufeff' || text.endsWith('\n') ? '' : end}${name}=${written}${end}`
      added.push(name)
    } else {
      const edited = withValue(text, found, written)
      if (edited !== text) replaced.push(name)
      text = edited
    }
  }
  return { text, replaced, added }
}

function withValue(text: string, places: readonly Value[], written: string): string {
  const parts = places.map(({ from }, index) => text.slice(places[index - 1]?.to ?? 0, from) + written)
  return parts.join('') + text.slice(places.at(-1)?.to ?? 0)
}

interface Value {
  readonly name: string
  readonly from: number
  readonly to: number
}

const assignment = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/

/** Where the values of a .env stand. One in quotes may go over several lines, and what looks like a name in there is none. */
function valuesIn(text: string): Value[] {
  const values: Value[] = []
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; ) {
    const lineEnd = endOfLine(text, at)
    const head = assignment.exec(text.slice(at, lineEnd))
    const name = head?.[1]
    if (head === null || name === undefined) {
      at = lineEnd + 1
      continue
    }
    const from = at + head[0].length
    const to = endOfQuoted(text, from) ?? endOfBare(text, from, lineEnd)
    values.push({ name, from, to })
    at = endOfLine(text, to) + 1
  }
  return values
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at
}

/** Just behind the quote that closes the value; null where none was opened, or none closes it. */
function endOfQuoted(text: string, from: number): number | null {
  const quote = text[from]
  if (quote !== "'" && quote !== '"' && quote !== '`') return null
  for (let at = from + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1
    else if (text[at] === quote) return at + 1
  }
  return null
}

/** Before a comment, or the blanks at the end of the line. */
function endOfBare(text: string, from: number, lineEnd: number): number {
  const value = text.slice(from, lineEnd)
  const comment = value.search(/(?:^|[ \t])#/)
  return from + (comment < 0 ? value : value.slice(0, comment)).trimEnd().length
}
