import { request } from 'node:http'
import type { EnrollmentToken } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'
import { blockedBy, connectionProblem } from '../cluster/client-errors.ts'
import { hungUpFor } from '../cluster/hung-up.ts'
import { presentedCa } from './presented-ca.ts'
import { openTls, peerOf } from './tls-socket.ts'
import { firstToSucceed } from './first-to-succeed.ts'
import { Unconnected, whyUnconnected } from '../network/why-unconnected.ts'
import { within } from '../network/within.ts'

/** One address of a token, and what came of it. `why` is null where it was the one, or was still being tried when another was. */
export interface AddressTried {
  readonly address: string
  readonly outcome: 'trying' | 'connected' | 'unreachable' | 'other-cluster' | 'left'
  readonly why: string | null
}

/** A way to the cluster that made a token, proved by its CA. */
export interface TokenConnection {
  /** of the address that answered: https://host:port */
  readonly url: string
  /** the CA whose fingerprint stands in the token */
  readonly caPem: string
  /** the IP address that answered, where the token names a host */
  readonly ip: string
  /** all of the token's, in its order, as they stood when one had answered */
  readonly addresses: readonly AddressTried[]
  /**
   * GET with the token's key, on a connection that is proved before the key is written to it.
   * Problems: `token_refused` (401), `token_wrong_scope` (403), `token_client_certificate`, `request_refused`, `not_elasticsearch_there`, and those of `connectionProblem`.
   */
  get(path: string): Promise<unknown>
  /** The same for any question and any answer but 401: `json` is undefined where the body is none. */
  ask(question: TokenQuestion): Promise<{ readonly status: number; readonly json: unknown }>
}

export interface TokenQuestion {
  readonly path: string
  /** asked by POST then */
  readonly body?: Readonly<Record<string, unknown>>
  readonly accept?: string
}

const handshakeWithinMs = 10_000
/** for all addresses of a token */
const connectWithinMs = 120_000
const mostBytes = MiB
/** ms after which the next address is tried beside the one that is still silent. */
const nextAfterMs = 400

/**
 * Finds the cluster that made `token`: its addresses in order, the next one beside the last after a moment. An address counts once the CA with the
 * token's fingerprint was in the chain presented there, and a further connection was verified with that CA as usual. Until then nothing is sent.
 * `onAddress` hears of each. Problems: `token_unreachable`, `token_other_cluster`, `cancelled`.
 */
export async function openWithToken(asked: {
  readonly token: EnrollmentToken
  readonly signal: AbortSignal
  readonly onAddress?: (tried: AddressTried) => void
  /** ms for a whole answer; 30 s where nothing is said */
  readonly answerWithinMs?: number
}): Promise<TokenConnection> {
  const { token, signal, onAddress = () => undefined, answerWithinMs = 30_000 } = asked
  const tried = new Map<string, AddressTried>()
  const tell = (one: AddressTried): void => {
    tried.set(one.address, one)
    onAddress(one)
  }
  const addresses = [...new Set(token.adr)]
  const found = await firstToSucceed(addresses, nextAfterMs, AbortSignal.any([signal, AbortSignal.timeout(connectWithinMs)]), async (address, ownSignal) => {
    tell({ address, outcome: 'trying', why: null })
    try {
      return { address, ...(await proveAddress(address, token.fgr, ownSignal)) }
    } catch (thrown) {
      if (!ownSignal.aborted) tell(failedAt(address, thrown))
      throw thrown
    }
  })
  if (signal.aborted) throw problem('cancelled', {})
  if (found === null) throw noneAnswered([...tried.values()])
  for (const one of tried.values()) if (one.outcome === 'trying' && one.address !== found.address) tell({ ...one, outcome: 'left' })
  tell({ address: found.address, outcome: 'connected', why: null })
  const url = `https://${found.address}`
  const ask = (question: TokenQuestion): Promise<Answered> => askProved({ ...question, url, address: found.address, caPem: found.caPem, key: token.key, signal, withinMs: answerWithinMs })
  return {
    url,
    caPem: found.caPem,
    ip: found.ip,
    addresses: addresses.flatMap((address) => tried.get(address) ?? []),
    get: async (path) => granted(await ask({ path }), { url, path }),
    ask,
  }
}

/** The CA of the token, as PEM, once the address is proved by it, and who that is by IP. Nothing but handshakes goes over these connections. */
async function proveAddress(address: string, fingerprint: string, signal: AbortSignal): Promise<Pick<TokenConnection, 'caPem' | 'ip'>> {
  const peer = peerOf(address)
  const looked = await openTls({ peer, caPem: null, signal, withinMs: handshakeWithinMs })
  const presented = presentedCa(looked, fingerprint)
  looked.destroy()
  if (!('caPem' in presented)) throw new OtherCluster(`its CA fingerprint is ${presented.fingerprints.at(-1) ?? 'unknown'}, the token says ${fingerprint.toLowerCase()}`)
  const proved = await openTls({ peer, caPem: presented.caPem, signal, withinMs: handshakeWithinMs }).catch((thrown: unknown) => {
    throw unproved(thrown, address)
  })
  const ip = proved.remoteAddress ?? peer.host
  proved.destroy()
  return { caPem: presented.caPem, ip }
}

class OtherCluster extends Error {}

/** Who shows the CA of the cluster without a certificate of it is somebody else. */
function unproved(thrown: unknown, address: string): unknown {
  if (!(thrown instanceof Error)) return thrown
  return connectionProblem(thrown, { url: `https://${address}` }).code === 'certificate_mismatch' ? new OtherCluster('it shows the CA of the token, but its own certificate is not of that CA') : thrown
}

function failedAt(address: string, thrown: unknown): AddressTried {
  if (thrown instanceof OtherCluster) return { address, outcome: 'other-cluster', why: thrown.message }
  return { address, outcome: 'unreachable', why: whyUnreachable(thrown instanceof Error ? thrown : new Error(String(thrown)), address) }
}

const wantsCertificate = 'it only accepts clients that present a certificate'

function whyUnreachable(thrown: Error & { code?: string }, address: string): string {
  const { code } = connectionProblem(thrown, { url: `https://${address}` })
  if (code === 'tls_off') return 'it answers without TLS'
  if (code === 'client_certificate_needed') return wantsCertificate
  if (code === 'certificate_other_name') return 'its certificate was not made for this address'
  if (code === 'certificate_expired') return 'its certificate is not valid today, or a clock is wrong'
  return whyUnconnected(thrown)
}

function noneAnswered(tried: readonly AddressTried[]): Error {
  const demanding = tried.find(({ why }) => why === wantsCertificate)
  if (demanding !== undefined) return problem('token_client_certificate', { url: `https://${demanding.address}` })
  const told = tried.map(({ address, why }) => `${address} (${why ?? 'given up'})`)
  return problem(tried.some(({ outcome }) => outcome === 'other-cluster') ? 'token_other_cluster' : 'token_unreachable', { tried: told })
}

interface ProvedQuestion extends TokenQuestion {
  readonly url: string
  readonly address: string
  readonly caPem: string
  readonly key: string
  readonly signal: AbortSignal
  readonly withinMs: number
}

interface Answered {
  readonly status: number
  readonly json: unknown
}

async function askProved(call: ProvedQuestion): Promise<Answered> {
  const { url, signal } = call
  const { status, body } = await answerOf(call).catch(async (thrown: unknown) => {
    if (signal.aborted) throw problem('cancelled', {})
    const met = connectionProblem(thrown instanceof Error ? thrown : new Error(String(thrown)), { url })
    const { code } = await hungUpFor(met, call)
    throw code === 'client_certificate_needed' ? problem('token_client_certificate', { url }) : met
  })
  const json = jsonOf(body)
  if (status === 401) throw problem('token_refused', { because: whatBecameOfKey(json) })
  return { status, json }
}

function granted({ status, json }: Answered, { url, path }: { readonly url: string; readonly path: string }): unknown {
  if (typeIn(json) === 'cluster_block_exception') throw blockedBy(reasonIn(json))
  if (status === 403) throw problem('token_wrong_scope', { wanted: path.includes('kibana') ? 'kibana' : 'node' })
  if (json === undefined) throw problem('not_elasticsearch_there', { url })
  if (status !== 200) throw problem('request_refused', { status, why: reasonIn(json) })
  return json
}

function answerOf(question: ProvedQuestion): Promise<{ status: number; body: string }> {
  return within(question.withinMs, question.signal, (signal) => exchange({ ...question, signal }))
}

async function exchange({ address, caPem, key, path, body, accept = 'application/json', signal }: ProvedQuestion): Promise<{ status: number; body: string }> {
  const socket = await openTls({ peer: peerOf(address), caPem, signal, withinMs: handshakeWithinMs })
  try {
    return await new Promise((resolve, reject) => {
      const asked = request(
        {
          createConnection: () => socket,
          method: body === undefined ? 'GET' : 'POST',
          path,
          signal,
          headers: {
            host: address,
            accept,
            authorization: `ApiKey ${Buffer.from(key).toString('base64')}`,
            connection: 'close',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        (response) => {
          const parts: Buffer[] = []
          let size = 0
          response.on('data', (part: Buffer) => {
            size += part.length
            if (size > mostBytes) asked.destroy(new Unconnected('its answer is too long'))
            else parts.push(part)
          })
          response.on('error', reject)
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }))
        },
      )
      asked.on('error', reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
  } finally {
    socket.destroy()
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Beside the reason, which is the same for every login, Elasticsearch says what became of an API key (ApiKeyService); null where it does not. */
function whatBecameOfKey(json: unknown): 'expired' | 'invalidated' | null {
  const said = (json as { error?: { additional_unsuccessful_credentials?: unknown } } | null)?.error?.additional_unsuccessful_credentials
  const [, became] = typeof said === 'string' ? (/\b(?:is|been) (expired|invalidated)\b/.exec(said) ?? []) : []
  return became === 'expired' || became === 'invalidated' ? became : null
}

function typeIn(json: unknown): unknown {
  return (json as { error?: { type?: unknown } } | null | undefined)?.error?.type
}

/** Why a cluster refused, in its own words. */
export function reasonIn(json: unknown): string {
  const reason = (json as { error?: { reason?: unknown } } | null)?.error?.reason
  return typeof reason === 'string' ? reason : 'it does not say why'
}
