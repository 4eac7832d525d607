import { Problem, problem } from '../../shared/problems/problem.ts'
import { whyUnconnected } from '../network/why-unconnected.ts'
import { withoutAccount } from './addresses.ts'

const unreachable: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'nothing more came',
  UND_ERR_SOCKET: 'it closes the connection',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'another length came than was said',
  UND_ERR_HEADERS_OVERFLOW: 'its answer is too long',
}

const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it vouches for itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet; is the clock of this machine right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
}

/** Why a connection came to nothing, as a problem; `proxy` is the one that it went by. */
export function whyUnfetched(thrown: unknown, url: URL, proxy: string | null): Problem {
  if (thrown instanceof Problem) return thrown
  const more = { cause: thrown, detail: String(thrown) }
  const code = codeIn(thrown)
  if (code !== null && code in untrusted) return problem('download_untrusted', { host: url.host, why: untrusted[code] ?? code }, more)
  const status = /Proxy response \((\d+)\)/.exec(String(thrown))?.[1] ?? /Proxy Authentication Required \((407)\)/.exec(String(thrown))?.[1]
  if (proxy !== null && status === '407') return problem('download_proxy_password', { proxy: withoutAccount(proxy) }, more)
  if (proxy !== null && status !== undefined) return problem('download_proxy', { proxy: withoutAccount(proxy), why: `it answers with HTTP ${status}` }, more)
  const why = unreachable[code ?? ''] ?? whyUnconnected(thrown)
  return proxy === null ? problem('download_unreachable', { host: url.host, why }, more) : problem('download_proxy', { proxy: withoutAccount(proxy), why }, more)
}

/** Why a body broke off, in words. */
export function whyBroken(thrown: unknown): string {
  return thrown instanceof Problem ? thrown.message.replace(/\.$/, '') : (unreachable[codeIn(thrown) ?? ''] ?? whyUnconnected(thrown))
}

/** The code of what failed, or of what caused it (of several addresses that were tried: of the first). */
function codeIn(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  return thrown instanceof AggregateError ? codeIn(thrown.errors[0]) : codeIn(thrown.cause)
}
