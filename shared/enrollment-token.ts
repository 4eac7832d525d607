import { z } from 'zod'
import { problem } from './problems/problem.ts'
import { withoutTrailing } from './without-trailing.ts'

/**
 * What an enrollment token says (org.elasticsearch.xpack.core.security.EnrollmentToken): `adr` HTTP addresses as host:port, `fgr` SHA-256 of
 * the HTTP CA's DER in hex, `key` id:api_key. `ver` is the literal 8.14.0 in both majors.
 */
export const enrollmentToken = z.object({
  ver: z.string().min(1),
  adr: z.array(z.string().regex(/^(?:\[[0-9a-fA-F:.]+(?:%[^\]]+)?\]|[^\s[\]/:]+):\d{1,5}$/)).min(1),
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
 * Reads a pasted token. What terminals, chats and shells leave on it is mended (`mendToken`).
 * Problems: `token_unreadable`, `token_newer`.
 */
export function decodeEnrollmentToken(text: string): EnrollmentToken {
  const parsed = enrollmentToken.safeParse(jsonIn(mendToken(text)))
  const ver = parsed.success ? parsed.data.ver : versionIn(text)
  if (ver !== null && isNewer(ver)) throw problem('token_newer', { version: ver })
  if (parsed.success) return parsed.data
  throw problem('token_unreadable', { why: `${parsed.error.issues[0]?.path.join('.') || 'its content'} is not as it should be` })
}

/**
 * The base64 of a pasted token: without line breaks, blanks and marks that cannot be seen, the quotes or the option it stood in, and a leading `$`;
 * the URL-safe letters as the usual ones.
 */
export function mendToken(text: string): string {
  const bare = text
    .replaceAll(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll(/["'`\u2018-\u201f\u00ab\u00bb]/g, '')
    .replace(/^(?:\$|(?:export|set)?\$?(?:env:)?ENROLLMENT_TOKEN=|--enrollment-token=?)+/i, '')
  return withoutTrailing(bare, ';,.')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
}

/** A newer form may have other members as well: its version is what to tell then. */
function versionIn(text: string): string | null {
  const loose = z.object({ ver: z.string() }).safeParse(jsonIn(mendToken(text)))
  return loose.success ? loose.data.ver : null
}

function isNewer(ver: string): boolean {
  const [major = 0, minor = 0] = ver.split('.').map(Number)
  return major > newestKnown[0] || (major === newestKnown[0] && minor > newestKnown[1])
}

function jsonIn(text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw problem('token_unreadable', { why: 'it is cut off or not base64 of JSON' })
  }
}
