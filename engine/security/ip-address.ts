import { isIPv4, isIPv6 } from 'node:net'

/** The 4 or 16 bytes of an address written as text (a zone after `%` is left out), or null where it is none. */
export function addressBytes(text: string): Buffer | null {
  const bare = text.replace(/%.*$/, '')
  if (isIPv4(bare)) return Buffer.from(bare.split('.').map(Number))
  return isIPv6(bare) ? bytesOfV6(bare) : null
}

/** The address of 4 or 16 bytes as text; IPv6 in its short form (RFC 5952). */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const words = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0))
  const text = words.map((word) => word.toString(16)).join(':')
  const zeros = [...text.matchAll(/\b0(?::0)+\b/g)].sort((one, other) => other[0].length - one[0].length)[0]
  if (zeros === undefined) return text
  return `${text.slice(0, zeros.index).replace(/:$/, '')}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, '')}`
}

function bytesOfV6(text: string): Buffer {
  const embedded = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(text)
  const v4 = embedded === null ? null : Buffer.from(embedded[0].split('.').map(Number))
  const plain = v4 === null ? text : text.slice(0, -(embedded?.[0].length ?? 0)) + `${v4.readUInt16BE(0).toString(16)}:${v4.readUInt16BE(2).toString(16)}`
  const [head = '', tail] = plain.split('::')
  const before = wordsOf(head)
  const after = tail === undefined ? [] : wordsOf(tail)
  const between = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => 0)
  const bytes = Buffer.alloc(16)
  for (const [at, word] of [...before, ...between, ...after].entries()) bytes.writeUInt16BE(word, at * 2)
  return bytes
}

function wordsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
}
