// Blocks that terminals draw two columns wide (Unicode Standard Annex #11, "W" and "F", and emoji).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u
// eslint-disable-next-line no-control-regex -- the escape character is what begins a colour
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/g
const plain = /^[\x20-\x7e]*$/
let segmenter: Intl.Segmenter | null = null

/** The rules of Unicode for it are read at the first call: 20 ms, where a text needs them. */
function graphemesOf(text: string): Intl.Segments {
  return (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text)
}

/** How many columns `text` takes on a terminal; colours take none. */
export function columnsOf(text: string): number {
  const shown = text.replace(escapes, '')
  if (plain.test(shown)) return shown.length
  let columns = 0
  for (const { segment } of graphemesOf(shown)) columns += widthOf(segment)
  return columns
}

function widthOf(grapheme: string): number {
  if (/^(\p{Mn}|\p{Me}|\p{Cf}|\p{Cc})+$/u.test(grapheme)) return 0
  return wide.test(grapheme) ? 2 : 1
}

/** `text` (without colours) cut to `columns`, with `…` where something is missing. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let used = 0
  for (const { segment } of graphemesOf(text)) {
    const width = widthOf(segment)
    if (used + width > columns - 1) break
    kept += segment
    used += width
  }
  return columns > 0 ? `${kept}…` : ''
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** What came from a disk or a log, with nothing in it that could steer the terminal; tabs and line ends become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

/** As `printable`, keeping the ends of lines. */
export function printableLines(text: string): string {
  return text.split(/\r?\n/).map(printable).join('\n')
}

/** Breaks prose at spaces to lines of `columns`; a word that is longer stays whole, so that it can be copied. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > columns) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

/** `text` broken to `columns`, every line after `indent`. */
export function indented(text: string, indent: string, columns: number): string {
  return wrap(text, Math.max(20, columns - columnsOf(indent)))
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}

/** A moment (ms since 1970) as the clock on the wall shows it: `14:05`. */
export function clockTime(at: number): string {
  const time = new Date(at)
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`
}
