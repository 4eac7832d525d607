import { endOf, isBlankOrEnd, isMarker } from './characters.ts'
import { folded } from './quoted.ts'
import { goTo, passBreak, type Scan } from './scan.ts'
import type { Token } from './token.ts'

/** Reads a value without quotes, over as many lines as it goes on in. */
export function readPlain(scan: Scan): Token {
  const { text, at: start } = scan
  let value = ''
  let end = start
  let blanks = ''
  do {
    const wordEnd = endOfWord(scan)
    if (wordEnd === scan.at) break
    scan.nameAllowed = false
    value += blanks + goTo(scan, wordEnd)
    end = scan.at
    blanks = readBlanks(scan)
  } while (blanks !== '' && text[scan.at] !== '#' && (scan.flowLevel !== 0 || scan.column > scan.indent))
  return { kind: 'scalar', start, end, text: value, style: 'plain' }
}

function endOfWord({ text, at, flowLevel }: Scan): number {
  const inFlow = flowLevel !== 0
  let end = at
  for (;;) {
    const char = text[end]
    if (char === undefined || isBlankOrEnd(char)) return end
    if (inFlow && ',?[]{}'.includes(char)) return end
    if (char === ':' && endsName(text[end + 1], inFlow)) return end
    end++
  }
}

function endsName(next: string | undefined, inFlow: boolean): boolean {
  return next === undefined || isBlankOrEnd(next) || (inFlow && ',[]{}'.includes(next))
}

/** Blanks between two words, as they are in the value; nothing where the value ends. */
function readBlanks(scan: Scan): string {
  const blanks = goTo(scan, endOf(' \t', scan.text, scan.at))
  const first = passBreak(scan)
  if (first === '') return blanks
  scan.nameAllowed = true
  let more = ''
  for (;;) {
    // SnakeYAML looks behind `...` for a blank, but not behind `---`.
    if (scan.text.startsWith('---', scan.at) || isMarker(scan.text, scan.at)) return ''
    goTo(scan, endOf(' ', scan.text, scan.at))
    const found = passBreak(scan)
    if (found === '') return folded(first, more)
    more += found
  }
}
