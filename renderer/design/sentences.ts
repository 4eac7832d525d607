/** A message as its first sentence and the rest: a period ends a sentence only before a blank and a capital, so versions and file names stay whole. */
export function firstSentence(message: string): { first: string; rest: string } {
  const end = /[.:](?=\s+\p{Lu})/u.exec(message)
  if (end === null) return { first: message.replace(/\.$/, ''), rest: '' }
  return { first: message.slice(0, end.index), rest: message.slice(end.index + 1).trim() }
}

/** A count with its word: `1 file`, `5 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
