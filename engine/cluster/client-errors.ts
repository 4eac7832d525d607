import { type Problem, problem } from '../../shared/problems/problem.ts'
import { rootCause, whyUnconnected } from '../network/why-unconnected.ts'
import type { OwnCertificate } from '../security/node-tls.ts'

/** What a server answered. Its body and headers are never passed on with a problem. */
export interface ClusterAnswer {
  readonly status: number
  /** of the body, as the header says */
  readonly type: string
  /** the header by which Elasticsearch names itself */
  readonly product: string | null
  readonly text: string
}

/** Who was called, and what certificate was shown there. */
export interface Called {
  readonly url: string
  readonly own?: OwnCertificate | undefined
}

/** An answer that goes on beyond all that Elasticsearch would say. */
export class AnswerTooLong extends Error {}

interface Whom {
  readonly url: string
  readonly user: string | null
}

/** Why there was no answer (errors of Node's, a `TimeoutError`, an abort), as a problem a person can act on. */
export function clusterProblem(thrown: unknown, to: Called, signal?: AbortSignal): Problem {
  const error = thrown as { name: string; message: string; code?: string; cause?: unknown }
  if (signal?.aborted || error.name === 'AbortError') return problem('cancelled', {})
  if (thrown instanceof AnswerTooLong) return problem('answer_too_long', { url: to.url })
  if (error.name === 'TimeoutError') return problem('unreachable', { url: to.url, why: 'no answer in time' })
  return connectionProblem(error, to)
}

/** The body of an answer: of JSON what it says, else its text. Throws what the cluster refused, or that it is not Elasticsearch, as a problem a person can act on. */
export function bodyOf(answer: ClusterAnswer, whom: Whom): unknown {
  const { status, product, type, text } = answer
  const isJson = text !== '' && /^application\/(vnd\.elasticsearch\+)?json\b/i.test(type)
  const read = isJson ? jsonOf(text) : { value: text }
  if (read === null) throw problem('not_elasticsearch_there', { url: whom.url })
  if (status < 200 || status > 299) throw refused(answer, read.value, whom)
  if (product !== 'Elasticsearch') throw problem('not_elasticsearch_there', { url: whom.url })
  return read.value
}

function jsonOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

/** The alerts of TLS by which a server says that it wants a certificate, or another one (RFC 8446, section 6.2), in OpenSSL's words. */
const certificateAlert =
  /alert (certificate (?:required|revoked|expired|unknown)|(?:no|bad|unsupported) certificate|unknown ca|access denied|handshake failure)/

/**
 * Why a connection failed: nobody there, another certificate, no TLS, or a certificate that this side does not have. What Node and
 * OpenSSL say is in the detail alone.
 */
export function connectionProblem(error: unknown, { url, own }: Called): Problem {
  const { code, message } = rootCause(error)
  const more = { cause: error, detail: `${code} ${message}`.trim() }
  const [, alert] = certificateAlert.exec(`${code} ${message}`.replaceAll('_', ' ').toLowerCase()) ?? []
  if (alert !== undefined)
    return own === undefined
      ? problem('client_certificate_needed', { url, certain: alert !== 'handshake failure' }, more)
      : problem('client_certificate_refused', { url, why: alert }, more)
  if (/ALTNAME_INVALID/.test(code) || /does not match certificate's altnames/.test(message)) return problem('certificate_other_name', { url, why: namesIn(message) }, more)
  if (/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(code) || /certificate has expired|not yet valid/.test(message)) return problem('certificate_expired', { url }, more)
  if (/SELF_SIGNED|UNABLE_TO|CERT_|_CERT|INVALID_CA/.test(code) || /self-signed certificate|unable to (?:verify|get)|certificate/.test(message)) {
    return problem('certificate_mismatch', { url, why: whyUntrusted(code) }, more)
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code) || /wrong version number|packet length too long|http request/.test(message)) {
    return problem('tls_off', { url }, more)
  }
  return problem('unreachable', { url, why: whyUnconnected(error) }, more)
}

/** `IP: 127.0.0.1 is not in the cert's list: …`, `Host: a. is not in the cert's altnames: DNS:b`: the names that it has. */
function namesIn(message: string): string {
  const [, list = ''] = /(?:cert's list|cert's altnames|cert's CN): ?(.+)$/.exec(message) ?? []
  const names = list.replaceAll(/\b(?:DNS|IP Address):/g, '').trim()
  return names === '' ? 'it has other names' : `it is for ${names}`
}

function whyUntrusted(code: string): string {
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return 'its certificate is signed by itself'
  return code === 'CERT_SIGNATURE_FAILURE' ? 'the signature of its certificate is wrong' : 'another CA signed its certificate'
}

function refused({ status, product }: ClusterAnswer, body: unknown, { url, user }: Whom): Problem {
  const { type, reason } = errorIn(body)
  if (status === 401) return user === null ? problem('wrong_api_key', {}) : problem('wrong_password', { user })
  if (type === 'cluster_block_exception') return blockedBy(reason)
  if (status === 403) return problem('forbidden', { what: reason })
  if (status === 502 || status === 503 || status === 429 || type === 'master_not_discovered_exception')
    return problem('cluster_unhealthy', { why: reason })
  // Elasticsearch names itself in a header; what neither does that nor has its error object is somebody else.
  const itself = type !== null || product === 'Elasticsearch'
  return !itself ? problem('not_elasticsearch_there', { url }) : problem('request_refused', { status, why: reason })
}

/** Which setting a block comes from, by its number (Metadata, IndexMetadata). */
const settingOfBlock: Readonly<Record<string, string>> = {
  '5': 'index.blocks.read_only',
  '6': 'cluster.blocks.read_only',
  '8': 'index.blocks.write',
  '12': 'index.blocks.read_only_allow_delete',
  '13': 'cluster.blocks.read_only_allow_delete',
}

/** The setting behind a block of the cluster state; null for a block that comes from none that is known here. */
export function settingOf(block: string): string | null {
  return settingOfBlock[block] ?? null
}

/** `index [.security-7] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];` (ClusterBlockException). Without a setting it is what passes by itself: no master, or a start. */
export function blockedBy(reason: string): Problem {
  const [, number = '', description = ''] = /\/(\d+)\/(.*?)\]/.exec(reason) ?? []
  const setting = settingOf(number)
  return setting === null ? problem('cluster_unhealthy', { why: reason }) : problem('writes_blocked', { setting, description })
}

function errorIn(body: unknown): { type: string | null; reason: string } {
  const error = (body as { error?: { type?: unknown; reason?: unknown } | string } | null | undefined)?.error
  if (typeof error === 'string') return { type: null, reason: error }
  const type = typeof error?.type === 'string' ? error.type : null
  return { type, reason: typeof error?.reason === 'string' ? error.reason : (type ?? 'it does not say why') }
}
