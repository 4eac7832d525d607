/** A character that ends a line in YAML 1.1. */
export function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029'
}

/** A space, the end of a line or the end of the text. */
export function isSpaceOrEnd(char: string | undefined): boolean {
  return char === undefined || char === ' ' || isBreak(char)
}

/** A space, a tab, the end of a line or the end of the text. */
export function isBlankOrEnd(char: string | undefined): boolean {
  return char === '\t' || isSpaceOrEnd(char)
}

/** `---` or `...`, followed by a blank or the end. */
export function isMarker(text: string, at: number): boolean {
  return (text.startsWith('---', at) || text.startsWith('...', at)) && isBlankOrEnd(text[at + 3])
}

/** Where the characters end, from `at` on, that are one of `chars`. */
export function endOf(chars: string, text: string, at: number): number {
  let end = at
  for (let char = text[end]; char !== undefined && chars.includes(char); char = text[end]) end++
  return end
}

/** Where the line ends that `at` is in: at its line break, or at the end of the text. */
export function endOfLine(text: string, at: number): number {
  let end = at
  while (end < text.length && !isBreak(text[end])) end++
  return end
}

/** The value of a decimal digit of any script, as Java's `Character.isDigit` knows them; null for anything else. */
export function digitOf(char: string | undefined): number | null {
  if (char === undefined || !isDigit(char)) return null
  let zero = char.charCodeAt(0)
  while (isDigit(String.fromCharCode(zero - 1))) zero--
  return (char.charCodeAt(0) - zero) % 10
}

function isDigit(char: string): boolean {
  return /^\p{Nd}$/u.test(char)
}

const unprintable = /[^\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** Where the first character is that YAML 1.1 does not allow; -1 where there is none. */
export function unprintableIn(text: string): number {
  return text.search(unprintable)
}
