const mask = '••••'

const secretName = /password|passphrase|secret|token|api_?key|encryption_?key/i

/** A name at the beginning of a line, commented out or not, up to its value. */
const setting = /^\s*(?:#\s*)?([\w."'-]+)\s*:\s*/

/** A name within braces, where more follows, up to its value. */
const inBraces = /[{,]\s*["']?([\w.-]+)["']?\s*:\s*/g
const valueInBraces = /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,{}][^,}]*/y

/** Whether something is on, or how many there are, is no secret. */
const plain = /^(?:true|false|null|~|\d+)\s*(?:#.*)?$/

/** A line of settings with the values of what looks secret masked; another line as it is. */
export function maskSecret(line: string): string {
  const [head = '', name = ''] = setting.exec(line) ?? []
  const value = line.slice(head.length)
  if (secretName.test(name) && value !== '') return plain.test(value) ? line : `${head}${mask}`
  return maskInBraces(line)
}

function maskInBraces(line: string): string {
  const parts: string[] = []
  let from = 0
  inBraces.lastIndex = 0
  for (let head = inBraces.exec(line); head !== null; head = inBraces.exec(line)) {
    const at = inBraces.lastIndex
    if (!secretName.test(head[1] ?? '')) continue
    valueInBraces.lastIndex = at
    const value = valueInBraces.exec(line)?.[0] ?? ''
    const end = at + value.length
    const isPlain = /^(?:true|false|null|~|\d+)\s*$/.test(value) && /[,}]/.test(line.charAt(end))
    if (value === '' || isPlain) continue
    parts.push(line.slice(from, at), mask)
    from = end
    inBraces.lastIndex = end
  }
  return parts.join('') + line.slice(from)
}
