import { isIPv4, isIPv6 } from 'node:net'

/** The 4 or 16 bytes of an address written as text (a zone after `%` is left out), or null where it is none. */
export function addressBytes(text: string): Buffer | null {
  const bare = text.replace(/%.*$/, '')
  if (isIPv4(bare)) return Buffer.from(bare.split('.').map(Number))
  return isIPv6(bare) ? bytesOfV6(bare) : null
}

/**
 * The bytes of a host that Elasticsearch takes as an address in every spelling of Java's InetAddress: IPv6 also in
 * brackets, IPv4 also with fewer or longer decimal parts (`127.1`, `2130706433`; `010` is ten). An IPv4-mapped address is
 * the IPv4 one. Null where Java asks for a name instead, or refuses it (`0x7f.1`, `[127.0.0.1]`). Found by asking Java.
 */
export function hostBytes(host: string): Buffer | null {
  const bracketed = /^\[(.*)\]$/.exec(host)?.[1]
  const bytes = bracketed === undefined ? (decimalBytes(host) ?? addressBytes(host)) : v6Only(bracketed)
  return bytes?.length === 16 && bytes.subarray(0, 12).equals(mappedPrefix) ? bytes.subarray(12) : bytes
}

/** A host without blanks around it and without the brackets of a URL. */
export function bareHost(host: string): string {
  return host.trim().replace(/^\[(.*)\]$/, '$1')
}

/** A host that is an address in the one spelling by which two are compared; null where it is a name. */
export function plainHost(host: string): string | null {
  const bytes = hostBytes(host)
  return bytes === null ? null : addressText(bytes)
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

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex')
/** Java takes nothing longer for an IPv4 address. */
const longestV4 = 15

function v6Only(text: string): Buffer | null {
  const bytes = addressBytes(text)
  return bytes?.length === 16 ? bytes : null
}

/** One to four decimal numbers; the last one fills the bytes that are left. */
function decimalBytes(text: string): Buffer | null {
  if (text.length > longestV4 || !/^\d+(?:\.\d+){0,3}$/.test(text)) return null
  const parts = text.split('.').map(Number)
  const last = parts.pop() ?? 0
  const left = 4 - parts.length
  if (parts.some((part) => part > 255) || last >= 256 ** left) return null
  const bytes = Buffer.alloc(4)
  bytes.set(parts)
  bytes.writeUIntBE(last, parts.length, left)
  return bytes
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
