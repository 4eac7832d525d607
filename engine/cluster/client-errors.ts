import { Problem, problem } from '../../shared/problems/problem.ts'

/** What an error of the client carries, as far as it is read here. Its bodies and headers are never passed on. */
interface ClientError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly statusCode?: number
  readonly body?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly statusCode?: number | null; readonly body?: unknown; readonly headers?: Readonly<Record<string, unknown>> | null }
}

/** An error of the official client (or of TLS below it) as a problem a person can act on. */
export function clusterProblem(thrown: unknown, whom: { url: string; user: string | null }, signal?: AbortSignal): Problem {
  if (thrown instanceof Problem) return thrown
  const error = thrown as ClientError
  if (signal?.aborted || error.name === 'RequestAbortedError' || error.name === 'AbortError') return problem('cancelled', {})
  const status = error.statusCode ?? error.meta?.statusCode ?? null
  if (error.name === 'ResponseError' && status !== null) return answered(status, error, whom)
  if (error.name === 'ProductNotSupportedError' || error.name === 'DeserializationError') return problem('not_elasticsearch_there', { url: whom.url })
  if (error.name === 'TimeoutError') return problem('unreachable', { url: whom.url, why: 'no answer in time' })
  return connectionProblem(error, whom.url)
}

/** What stands between us and an answer: nobody there, another certificate, no TLS. */
export function connectionProblem(error: { message: string; code?: string; cause?: unknown }, url: string): Problem {
  const { code, text } = rootOf(error)
  if (/ALTNAME_INVALID/.test(code) || /does not match certificate's altnames/.test(text)) return problem('certificate_other_name', { url, why: text })
  if (/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(code) || /certificate has expired|not yet valid/.test(text)) return problem('certificate_expired', { url })
  if (/SELF_SIGNED|UNABLE_TO|CERT_|_CERT/.test(code) || /self-signed certificate|unable to (?:verify|get)|certificate/.test(text))
    return problem('certificate_mismatch', { url, why: text })
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code) || /wrong version number|packet length too long/.test(text)) return problem('tls_off', { url })
  return problem('unreachable', { url, why: code === '' ? text : code })
}

function answered(status: number, error: ClientError, { url, user }: { url: string; user: string | null }): Problem {
  const { type, reason } = errorIn(error.body ?? error.meta?.body)
  if (status === 401) return user === null ? problem('wrong_api_key', {}) : problem('wrong_password', { user })
  if (type === 'cluster_block_exception') return blockedBy(reason)
  if (status === 403) return problem('forbidden', { what: reason })
  if (status === 502 || status === 503 || status === 429 || type === 'master_not_discovered_exception')
    return problem('cluster_unhealthy', { why: reason })
  // Elasticsearch names itself in a header; what neither does that nor has its error object is somebody else.
  const itself = type !== null || error.meta?.headers?.['x-elastic-product'] === 'Elasticsearch'
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

function rootOf(error: { message: string; code?: string; cause?: unknown }): { code: string; text: string } {
  let root: { message: string; code?: string; cause?: unknown } = error
  while (root.cause instanceof Error) root = root.cause
  return { code: root.code ?? error.code ?? /\b(E[A-Z]{4,})\b/.exec(error.message)?.[1] ?? '', text: root.message }
}
