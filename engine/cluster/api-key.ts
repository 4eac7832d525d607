import { z } from 'zod'
import type { ApiKeyAccess, MadeApiKey } from '../../shared/contract/clients.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { Cluster } from './client.ts'
import { lifetimeMs } from './lifetime.ts'
import { refuseUnwritable, write } from './writable.ts'

export interface WantedApiKey {
  readonly name: string
  /** `30d`, `12h`, `90m`; null: it does not end by itself */
  readonly lifetime: string | null
  readonly access: ApiKeyAccess
}

/** As the contract's `madeApiKey`, its key kept a secret. */
export type FreshApiKey = Omit<MadeApiKey, 'apiKey'> & { readonly apiKey: Secret }

const created = z.object({ id: z.string(), name: z.string(), encoded: z.string(), expiration: z.number().optional() })

/**
 * Makes an API key that may do `access` and no more: whoever has it cannot make another, since none of its privileges is about keys unless it may do everything. The key is in the
 * answer alone; Elasticsearch keeps its hash. Problems: `api_key_name`, `api_key_lifetime`, `api_key_prefix`, `api_keys_off`, `api_key_unanswered`, those of `refuseUnwritable` and of the client.
 */
export async function createApiKey(asked: { cluster: Cluster; wanted: WantedApiKey; now: number; signal?: AbortSignal | undefined }): Promise<FreshApiKey> {
  const { cluster, wanted, now, signal } = asked
  const { name, lifetime, access } = wanted
  refuseName(name)
  const life = lifetime === null ? null : lifetimeMs(lifetime)
  const descriptor = descriptorOf(access)
  const body = { name, role_descriptors: { firstnode_client: descriptor }, ...(life === null ? {} : { expiration: `${life}ms` }), metadata: { made_by: 'firstnode' } }
  await refuseUnwritable(cluster, { signal })
  const answer = created.parse(await request(cluster, body, signal))
  const expiresAt = answer.expiration ?? (life === null ? null : now + life)
  return { id: answer.id, name: answer.name, apiKey: new Secret(answer.encoded), createdAt: now, expiresAt, sentences: [accessSentence(access), endSentence(expiresAt)] }
}

async function request(cluster: Cluster, body: Readonly<Record<string, unknown>> & { readonly name: string }, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    const unanswered = (): Problem => problem('api_key_unanswered', { name: body.name })
    return await write(cluster, { method: 'POST', path: '/_security/api_key', query: { refresh: 'false' }, body }, { signal, unanswered })
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'request_refused' && /api.?keys? (?:are|is) not enabled/i.test(thrown.message)) throw problem('api_keys_off', {})
    throw thrown
  }
}

/** What Elasticsearch asks of a name, told before it is asked (its limits: CreateApiKeyRequest). */
function refuseName(name: string): void {
  if (name.trim() === '') throw problem('api_key_name', { why: 'it is empty' })
  if (name.length > 256) throw problem('api_key_name', { why: 'it is longer than 256 characters' })
  if (name !== name.trim()) throw problem('api_key_name', { why: 'it begins or ends with a space' })
  if (name.startsWith('_')) throw problem('api_key_name', { why: 'it begins with an underscore, which is for Elasticsearch itself' })
}

/** `monitor` lets every client ask for the version of the cluster, with which each of them begins. Indices of the system itself are in none of these: they would have to be asked for by name. */
function descriptorOf(access: ApiKeyAccess): Readonly<Record<string, unknown>> {
  if (access.kind === 'all') return { cluster: ['all'], indices: [{ names: ['*'], privileges: ['all'] }], applications: [{ application: '*', privileges: ['*'], resources: ['*'] }] }
  if (access.kind === 'read') return { cluster: ['monitor'], indices: [{ names: ['*'], privileges: ['read', 'view_index_metadata', 'monitor'] }] }
  const { prefix } = access
  if (!/^[^-_+.A-Z\s\\/*?"<>|,#:][^A-Z\s\\/*?"<>|,#:]*$/.test(prefix)) throw problem('api_key_prefix', {})
  return { cluster: ['monitor'], indices: [{ names: [`${prefix}*`], privileges: ['read', 'write', 'create_index', 'auto_configure', 'view_index_metadata', 'monitor'] }] }
}

function accessSentence(access: ApiKeyAccess): string {
  if (access.kind === 'all') return 'It may do everything but touch the indices of Elasticsearch itself: settings, users, all data. Give it to nobody who should not.'
  if (access.kind === 'read') return 'It may read every index and see how the cluster is; it can change nothing.'
  return `It may read, write and create indices whose names begin with "${access.prefix}", and see how the cluster is; no other data.`
}

function endSentence(expiresAt: number | null): string {
  if (expiresAt === null) return 'It does not end by itself: take it back in Kibana (Stack Management, API keys) or with DELETE /_security/api_key.'
  return `It ends by itself on ${new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' at ')} UTC.`
}
