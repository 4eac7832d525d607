import { z } from 'zod'
import { problem } from './problems/problem.ts'
import { withoutTrailing } from './without-trailing.ts'

/**
 * What an enrollment token says (org.elasticsearch.xpack.core.security.EnrollmentToken): `adr` HTTP addresses as host:port, `fgr` SHA-256 of
 * the HTTP CA's DER in hex, `key` id:api_key. `ver` is the literal 8.14.0 in both majors.
 */
export const enrollmentToken = z.object({
  ver: z.string().min(1),
  adr: z.array(z.string().regex(/^(?:\[[0-9a-fA-F:.]+(?:%[^\]]+)?\]|[^\s[\]/:]+):0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/)).min(1),
  fgr: z.string().regex(/^[0-9a-fA-F]{64}$/),
  key: z.string().regex(/^[^\s:]+:[^\s:]+$/),
})
export type EnrollmentToken = z.infer<typeof enrollmentToken>

/** ms an enrollment token lives. */
export const enrollmentTokenLife = 30 * 60 * 1000

/** The token as people pass it on: one line of base64. The order of its members is stock's. */
export function encodeEnrollmentToken({ ver, adr, fgr, key }: EnrollmentToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ ver, adr, fgr, key }))
  return btoa(String.fromCodePoint(...bytes))
}

/** The newest form that is known here; servers of 8.13 and older wrote their own version there. */
const newestKnown = [8, 14] as const

/**
 * Reads a pasted token. What terminals, chats and shells leave on it is mended (`mendToken`); in a longer text (a command line, a quoted mail, JSON) the one run that is a token is taken.
 * Problems: `token_unreadable`, `token_newer`.
 */
export function decodeEnrollmentToken(text: string): EnrollmentToken {
  const json = parsedIn(mendToken(text)) ?? onlyOne(tokensIn(text))
  if (json === null) throw problem('token_unreadable', { why: 'it is cut off or not base64 of JSON' })
  const parsed = enrollmentToken.safeParse(json)
  const ver = parsed.success ? parsed.data.ver : versionIn(json)
  if (ver !== null && isNewer(ver)) throw problem('token_newer', { version: ver })
  if (parsed.success) return parsed.data
  throw problem('token_unreadable', { why: `${parsed.error.issues[0]?.path.join('.') || 'its content'} is not as it should be` })
}

function onlyOne(found: readonly unknown[]): unknown {
  if (new Set(found.map((one) => JSON.stringify(one))).size > 1) throw problem('token_unreadable', { why: 'it contains more than one token' })
  return found[0] ?? null
}

/** No paste is longer than this, in characters, begins with so many things that look like a token, or breaks one into so many lines. A token has some hundred characters. */
const most = { text: 100_000, starts: 50, pieces: 100, token: 10_000 }

/** Characters that only say how others are shown: soft hyphens, joiners, marks of direction, byte order marks; and the selectors of a variant. */
const invisible = /[\p{Cf}\ufe00-\ufe0f]/gu

/** What the tokens in a text say. A token begins with `eyJ`, which is `{"` in base64; a mail or a narrow window may have broken it into lines, each with a quotation mark before it. */
function tokensIn(text: string): unknown[] {
  // A line end within a string of JSON is written as \n.
  const visible = text.slice(0, most.text).replaceAll(invisible, '').replaceAll(/\\[rn]/g, '\n')
  const found: unknown[] = []
  for (let at = visible.indexOf('eyJ'), starts = 0; at !== -1 && starts < most.starts; at = visible.indexOf('eyJ', at + 3), starts += 1) {
    const json = jsonFrom(visible, at)
    if (json !== null && versionIn(json) !== null) found.push(json)
  }
  return found
}

/** What the base64 from `at` on says, over as many lines as it takes; null where that never becomes JSON. */
function jsonFrom(text: string, at: number): unknown {
  const piece = /([\w+/-]+)(=*)([\s>|\u2502\u2503\u00bb\\^`]*)/y
  piece.lastIndex = at
  let joined = ''
  for (let count = 0; count < most.pieces; count += 1) {
    const [whole, letters = '', , glue = ''] = piece.exec(text) ?? []
    if (whole === undefined) return null
    joined += letters
    if (joined.length > most.token) return null
    const json = parsedIn(joined.replaceAll('-', '+').replaceAll('_', '/'))
    if (json !== null || glue === '') return json
  }
  return null
}

/**
 * The base64 of a pasted token: without line breaks, blanks and marks that cannot be seen, the quotes or the option it stood in, and a leading `$`;
 * the URL-safe letters as the usual ones.
 */
export function mendToken(text: string): string {
  const bare = text
    .replaceAll(/\s/g, '')
    .replaceAll(invisible, '')
    .replaceAll(/["'`\u2018-\u201f\u00ab\u00bb]/g, '')
    .replace(/^(?:\$|(?:export|set)?\$?(?:env:)?ENROLLMENT_TOKEN=|--enrollment-token=?)+/i, '')
  return withoutTrailing(bare, ';,.')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
}

/** A newer form may have other members as well: its version is what to tell then. */
function versionIn(json: unknown): string | null {
  const loose = z.object({ ver: z.string() }).safeParse(json)
  return loose.success ? loose.data.ver : null
}

function isNewer(ver: string): boolean {
  const [major = 0, minor = 0] = ver.split('.').map(Number)
  return major > newestKnown[0] || (major === newestKnown[0] && minor > newestKnown[1])
}

/** The JSON that this base64 holds; null where it holds none. */
function parsedIn(base64: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}
