/** Java refuses the text: `\u` without four hexadecimal digits. Lines count from 1. */
export class MalformedProperties extends Error {
  readonly line: number
  constructor(line: number) {
    super(`line ${line}: a backslash and u without four hexadecimal digits`)
    this.line = line
  }
}

/**
 * A `.properties` file as `java.util.Properties` reads it: names and values, later ones over earlier ones. Bytes are
 * Latin-1. Throws `MalformedProperties`, the only fault there is in this format.
 */
export function readProperties(bytes: Buffer): Map<string, string> {
  const properties = new Map<string, string>()
  const lines = bytes.toString('latin1').split(/\r\n|[\r\n]/)
  for (let index = 0; index < lines.length; index++) {
    const first = index + 1
    let text = withoutIndent(lines[index] ?? '')
    if (text === '' || text.startsWith('#') || text.startsWith('!')) continue
    while (endsOpen(text)) {
      index++
      text = text.slice(0, -1) + withoutIndent(lines[index] ?? '')
    }
    const [name, value] = divide(text)
    properties.set(unescape(name, first), unescape(value, first))
  }
  return properties
}

function withoutIndent(line: string): string {
  return line.replace(/^[ \t\f]+/, '')
}

/** An odd number of backslashes at its end: the next line belongs to it. */
function endsOpen(text: string): boolean {
  return (/\\*$/.exec(text)?.[0].length ?? 0) % 2 === 1
}

/** The name ends at the first blank, `=` or `:` that no backslash stands before. */
function divide(text: string): [name: string, value: string] {
  let at = 0
  while (at < text.length && !' \t\f=:'.includes(text.charAt(at))) at += text.charAt(at) === '\\' ? 2 : 1
  const name = text.slice(0, at)
  return [name, text.slice(at).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '')]
}

const named: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

function unescape(text: string, line: number): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|[^])?/g, (_, what: string | undefined) => {
    if (what === undefined) return ''
    if (what.length === 5) return String.fromCharCode(Number.parseInt(what.slice(1), 16))
    if (what === 'u') throw new MalformedProperties(line)
    return named[what] ?? what
  })
}
