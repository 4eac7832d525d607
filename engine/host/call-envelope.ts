interface Envelope {
  readonly i?: unknown
  readonly t?: unknown
  readonly p?: { readonly u?: unknown } | null
}

/** What `t` says of a message; a call has none. */
const abort = 4

/**
 * The envelope of oRPC's peer protocol as text: `i` numbers the call, `p` holds it, with the path of its procedure as `u`; or
 * `t` says that it is aborted. Hosts refuse anything else before oRPC stumbles over it, parts of an input that comes as a
 * stream among it: no procedure takes one, and oRPC would keep them all.
 */
export function isCall(text: string): boolean {
  const envelope = envelopeOf(text)
  if (typeof envelope?.i !== 'string') return false
  return envelope.t === abort || (envelope.t === undefined && typeof envelope.p?.u === 'string' && envelope.p.u.startsWith('/'))
}

/** Whether a message of the protocol aborts a call. */
export function isAbort(text: string): boolean {
  return envelopeOf(text)?.t === abort
}

function envelopeOf(text: string): Envelope | null {
  try {
    return JSON.parse(text) as Envelope | null
  } catch {
    return null
  }
}
