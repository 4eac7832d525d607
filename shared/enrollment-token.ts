import { z } from 'zod'
import { problem } from './problems/problem.ts'

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

/** Reads a pasted token; line breaks and blanks in it, as terminals leave them, are overlooked. Problem: `token_unreadable`. */
export function decodeEnrollmentToken(text: string): EnrollmentToken {
  const parsed = enrollmentToken.safeParse(jsonIn(text.replaceAll(/\s/g, '')))
  if (parsed.success) return parsed.data
  throw problem('token_unreadable', { why: `${parsed.error.issues[0]?.path.join('.') || 'its content'} is not as it should be` })
}

function jsonIn(text: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw problem('token_unreadable', { why: 'it is cut off or not base64 of JSON' })
  }
}
