import type { Client } from '@elastic/elasticsearch'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { clusterProblem } from './client-errors.ts'
import { partialChain } from './partial-chain.ts'

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
export interface Cluster {
  readonly url: string
  readonly caPem: string
  readonly user: string | null
  /** The body of the answer. Problems: those of `clusterProblem`. */
  request(request: ClusterRequest, signal?: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

export interface ConnectTo {
  readonly url: string
  readonly caPem: string
  readonly auth: ClusterAuth
  /**
   * Requests wait for each other, and there is one handshake. Else a second connection is opened even for the next request, since the first is not yet free when its answer is there.
   */
  readonly oneAfterTheOther?: boolean
}

/**
 * A connection to `url` that trusts `caPem` alone, with the official client. Nothing is asked yet, and proxies named by the environment are not
 * used: a first node is on this machine or in its network. Nothing is retried. Problem: `tls_off` for an address without https.
 */
export async function connect(to: ConnectTo): Promise<Cluster> {
  const { url, caPem, auth, oneAfterTheOther = false } = to
  if (!url.startsWith('https:')) throw problem('tls_off', { url })
  const { Client } = await loadOfficialClient()
  const user = 'user' in auth ? auth.user : null
  const client = new Client({
    node: url,
    auth: credentialsOf(auth),
    // Said, since NODE_TLS_REJECT_UNAUTHORIZED=0 in somebody's shell would turn the default around.
    tls: { ca: caPem, rejectUnauthorized: true, ...partialChain },
    ...(oneAfterTheOther ? { agent: { connections: 1 } } : {}),
    maxRetries: 0,
    requestTimeout: 30_000,
  })
  return { url, caPem, user, request: (request, signal) => ask(client, { url, user }, request, signal), close: () => client.close() }
}

/**
 * Reads the official client, once: it is large (50 ms of a thread), and most commands never ask a cluster. A host with a window does it before
 * anybody waits.
 */
export function loadOfficialClient() {
  return import('@elastic/elasticsearch')
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

function credentialsOf(auth: ClusterAuth): { username: string; password: string } | { apiKey: string } | { bearer: string } {
  if ('user' in auth) return { username: auth.user, password: auth.password.reveal() }
  return 'apiKey' in auth ? { apiKey: auth.apiKey.reveal() } : { bearer: auth.serviceToken.reveal() }
}

async function ask(client: Client, whom: { url: string; user: string | null }, request: ClusterRequest, signal?: AbortSignal): Promise<unknown> {
  const { method, path, query, body, timeoutMs, as } = request
  try {
    return await client.transport.request(
      { method, path, ...(query === undefined ? {} : { querystring: { ...query } }), ...(body === undefined ? {} : { body: { ...body } }) },
      {
        ...(signal === undefined ? {} : { signal }),
        ...(timeoutMs === undefined ? {} : { requestTimeout: timeoutMs }),
        ...(as === undefined ? {} : { headers: { authorization: basic(as) } }),
      },
    )
  } catch (thrown) {
    throw clusterProblem(thrown, as === undefined ? whom : { url: whom.url, user: as.user }, signal)
  }
}

function basic({ user, password }: { user: string; password: Secret }): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`
}
