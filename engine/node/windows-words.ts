/**
 * The words of a Windows command line, divided as a program of Windows divides it (CommandLineToArgvW): quotes hold blanks together, backslashes before a
 * quote count, `""` within quotes is one quote. The first word, the program, knows no backslashes.
 */
export function windowsWords(line: string): string[] {
  const [, quoted, bare = ''] = /^\s*(?:"([^"]*)"?|(\S+))/.exec(line) ?? []
  const program = quoted ?? bare
  if (program === '') return []
  const rest = line.slice(line.indexOf(program) + program.length + (quoted === undefined ? 0 : 1))
  return [program, ...wordsAfterProgram(rest)]
}

function wordsAfterProgram(text: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (letter === '\\') {
      const slashes = /^\\+/.exec(text.slice(at))?.[0].length ?? 1
      const beforeQuote = text[at + slashes] === '"'
      word = (word ?? '') + '\\'.repeat(beforeQuote ? Math.floor(slashes / 2) : slashes)
      at += slashes - 1
      if (!beforeQuote || slashes % 2 === 0) continue
      word += '"'
      at += 1
    } else if (letter === '"') {
      word ??= ''
      if (quoted && text[at + 1] === '"') {
        word += '"'
        at += 1
      } else quoted = !quoted
    } else if (!quoted && /\s/.test(letter)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + letter
  }
  return word === null ? words : [...words, word]
}
