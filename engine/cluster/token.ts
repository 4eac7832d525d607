import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { encodeEnrollmentToken, enrollmentTokenLife } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { Cluster } from './client.ts'
import { isLoopbackAddress, tokenAddresses } from './token-addresses.ts'
import { refuseUnwritable, write } from './writable.ts'

const apiKey = z.object({ id: z.string().min(1), api_key: z.string().min(1), expiration: z.number().optional() })
const http = z.object({ bound_address: z.array(z.string()), publish_address: z.string() })
const sslSettings = z.object({ enabled: z.string().optional() })
const settings = z.object({
  xpack: z.object({ security: z.object({ enrollment: z.object({ enabled: z.string().optional() }).optional(), http: z.object({ ssl: sslSettings.optional() }).optional() }).optional() }).optional(),
  discovery: z.object({ type: z.string().optional() }).optional(),
})
const local = z.object({ nodes: z.record(z.string(), z.object({ http: http.optional(), transport: http.optional(), settings: settings.optional() })) })

/** Times in ms since 1970. */
export interface MadeToken {
  readonly token: Secret
  readonly createdAt: number
  readonly expiresAt: number
  /** where it works only in part: in a sentence or two */
  readonly warning: string | null
}

const onlyHere =
  'Transport of this node listens on localhost: only nodes on this machine can join it. For others set transport.host in elasticsearch.yml to an address they can reach, and start it again.'

/**
 * An enrollment token as stock's own tool makes it (ExternalEnrollmentTokenGenerator), through the REST API. It names `addresses`, or those of
 * the node that answers. The key's index is not refreshed: a token works at once all the same, and comes 30 times sooner.
 * `caFingerprint` SHA-256 in hex, colons or not. Problems: `tls_off`, `enrollment_off`, `single_node_discovery`, `token_unanswered`, those of `refuseUnwritable` and of the client.
 */
export async function createEnrollmentToken(asked: {
  cluster: Cluster
  scope: 'node' | 'kibana'
  caFingerprint: string
  addresses?: readonly string[]
  now: number
  signal?: AbortSignal
}): Promise<MadeToken> {
  const { cluster, scope, now, signal } = asked
  const node = await localNode(cluster, signal)
  refuseWhatCannotWork(node.settings, scope, cluster.url)
  const addresses = asked.addresses ?? (node.http === undefined ? [] : tokenAddresses(node.http))
  await refuseUnwritable(cluster, { signal })
  const name = `enrollment_token_API_key_${randomUUID()}`
  const roles = { create_enrollment_token: { cluster: [`cluster:admin/xpack/security/enroll/${scope}`] } }
  const create = { method: 'POST', path: '/_security/api_key', query: { refresh: 'false' }, body: { name, expiration: '30m', role_descriptors: roles } } as const
  const made = apiKey.parse(await write(cluster, create, { signal, unanswered: () => problem('token_unanswered', { name }) }))
  const fgr = asked.caFingerprint.replaceAll(':', '').toLowerCase()
  const token = encodeEnrollmentToken({ ver: '8.14.0', adr: [...addresses], fgr, key: `${made.id}:${made.api_key}` })
  const warnings = [
    // The node does not give away its settings of TLS: whoever has to show a certificate knows them.
    ...(cluster.own === undefined ? [] : [useless(cluster.url)]),
    ...(scope === 'node' && isForThisMachine(node.transport) ? [onlyHere] : []),
  ]
  const warning = warnings.length === 0 ? null : warnings.join(' ')
  return { token: new Secret(token), createdAt: now, expiresAt: made.expiration ?? now + enrollmentTokenLife, warning }
}

/** Elasticsearch makes the token all the same; seen on both majors that nobody can use it. */
function useless(url: string): string {
  const { message, remedy } = problem('token_client_certificate', { url })
  return `${message} ${remedy}`
}

async function localNode(cluster: Cluster, signal?: AbortSignal): Promise<z.infer<typeof local>['nodes'][string]> {
  const answer = local.parse(await cluster.request({ method: 'GET', path: '/_nodes/_local/http,transport,settings' }, signal))
  const node = Object.values(answer.nodes)[0]
  if (node === undefined) throw problem('cluster_unhealthy', { why: 'the node that answers does not know itself' })
  return node
}

/** Whether nobody can reach transport but this machine. */
function isForThisMachine(transport: z.infer<typeof http> | undefined): boolean {
  return transport !== undefined && [...transport.bound_address, transport.publish_address].every(isLoopbackAddress)
}

/** A token that can never be used is not handed out (issues 88579 and 82949 of Elasticsearch ask for that). */
function refuseWhatCannotWork(known: z.infer<typeof settings> | undefined, scope: 'node' | 'kibana', url: string): void {
  if (known?.xpack?.security?.http?.ssl?.enabled === 'false') throw problem('tls_off', { url })
  if (known?.xpack?.security?.enrollment?.enabled !== 'true') throw problem('enrollment_off', {})
  if (scope === 'node' && known?.discovery?.type === 'single-node') throw problem('single_node_discovery', {})
}
