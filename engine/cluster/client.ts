import { Agent, request } from 'node:https'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { MiB } from '../../shared/sizes.ts'
import { AnswerTooLong, bodyOf, clusterProblem, type ClusterAnswer } from './client-errors.ts'
import { hungUpFor } from './hung-up.ts'
import { tlsOptions, type NodeTls } from '../security/node-tls.ts'

/** Who asks. */
export type ClusterAuth = { readonly user: string; readonly password: Secret } | { readonly apiKey: Secret } | { readonly serviceToken: Secret }

export interface ClusterRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | boolean>>
  readonly body?: Readonly<Record<string, unknown>>
  /** ms; default 30 s */
  readonly timeoutMs?: number
  /** who asks this once, instead of whose connection it is */
  readonly as?: { readonly user: string; readonly password: Secret }
}

/** A cluster as one user sees it. Answers are what it sends, not checked: the asker says what it expects by a schema. */
export interface Cluster extends NodeTls {
  readonly url: string
  readonly user: string | null
  /** The body of the answer. Problems: those of `clusterProblem`. */
  request(request: ClusterRequest, signal?: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

export interface ConnectTo extends NodeTls {
  readonly url: string
  readonly auth: ClusterAuth
  /**
   * Requests wait for each other, and there is one handshake. Else a second connection is opened even for the next request, since the first is not yet free when its answer is there.
   */
  readonly oneAfterTheOther?: boolean
}

/** What Elasticsearch's own clients for 8 ask for: servers of 9 answer it as those of 8 do. */
const mediaType = 'application/vnd.elasticsearch+json; compatible-with=8'
/** Longer than the state of any cluster that is asked for here. */
const mostBytes = 64 * MiB
const usualTimeoutMs = 30_000

/**
 * A connection to `url` that trusts `caPem` alone. Nothing is asked yet, and proxies named by the environment are not used: a first node is on this
 * machine or in its network. Nothing is retried, and no redirect is followed. Problem: `tls_off` for an address without https.
 */
export async function connect(to: ConnectTo): Promise<Cluster> {
  const { url, caPem, own, auth, oneAfterTheOther = false } = to
  if (!url.startsWith('https:')) throw problem('tls_off', { url })
  // An agent of its own: the global one may be told to use a proxy.
  const agent = new Agent({
    ...tlsOptions(to),
    keepAlive: true,
    ...(oneAfterTheOther ? { maxSockets: 1 } : {}),
  })
  const user = 'user' in auth ? auth.user : null
  const asker: Asker = { url, caPem, own, user, authorization: authorizationOf(auth), agent }
  return { url, caPem, own, user, request: (request, signal) => ask(asker, request, signal), close: async () => agent.destroy() }
}

/** Asks the cluster and lets go of the connection, however that ends: sockets that stay open keep a process from ending. */
export async function withCluster<T>(to: ConnectTo, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await connect(to)
  try {
    return await use(cluster)
  } finally {
    await cluster.close()
  }
}

interface Asker extends NodeTls {
  readonly url: string
  readonly user: string | null
  readonly authorization: string
  readonly agent: Agent
}

async function ask(asker: Asker, call: ClusterRequest, signal?: AbortSignal): Promise<unknown> {
  const { as } = call
  const whom = { url: asker.url, user: as === undefined ? asker.user : as.user }
  const who = as === undefined ? asker : { ...asker, authorization: authorizationOf(as) }
  const answer = await send(who, call, signal).catch(async (thrown: unknown) => {
    throw await hungUpFor(clusterProblem(thrown, asker, signal), asker)
  })
  return bodyOf(answer, whom)
}

function authorizationOf(auth: ClusterAuth): string {
  if ('user' in auth) return `Basic ${Buffer.from(`${auth.user}:${auth.password.reveal()}`).toString('base64')}`
  return 'apiKey' in auth ? `ApiKey ${auth.apiKey.reveal()}` : `Bearer ${auth.serviceToken.reveal()}`
}

/** Rejects with Node's own errors, and with a `TimeoutError`. */
function send({ url, authorization, agent }: Asker, call: ClusterRequest, signal?: AbortSignal): Promise<ClusterAnswer> {
  const { method, path, query = {}, body, timeoutMs = usualTimeoutMs } = call
  const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  const text = body === undefined ? undefined : JSON.stringify(body)
  // With a body Elasticsearch compares the two, and refuses a list with 400.
  const types =
    text === undefined
      ? { accept: `${mediaType},text/plain` }
      : // Node names no length by itself where a body is unusual (DELETE), and the server would take the body for a next request.
        { accept: mediaType, 'content-type': mediaType, 'content-length': Buffer.byteLength(text) }
  const headers = { ...types, authorization }
  return new Promise((resolve, reject) => {
    const to = `${url.replace(/\/$/, '')}${path}${words === '' ? '' : `?${words}`}`
    const asked = request(to, { method, agent, headers, ...(signal === undefined ? {} : { signal }) }, (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('data', (part: Buffer) => {
        parts.push(part)
        bytes += part.length
        if (bytes > mostBytes) asked.destroy(new AnswerTooLong())
      })
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        const product = headers['x-elastic-product']
        resolve({ status, type: headers['content-type'] ?? '', product: typeof product === 'string' ? product : null, text: Buffer.concat(parts).toString('utf8') })
      })
    })
    const late = setTimeout(() => asked.destroy(Object.assign(new Error('no answer in time'), { name: 'TimeoutError' })), timeoutMs)
    asked.on('close', () => clearTimeout(late))
    asked.on('error', reject)
    asked.end(text)
  })
}
