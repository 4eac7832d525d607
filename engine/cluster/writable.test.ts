import { expect, test } from 'vitest'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { createApiKey } from './api-key.ts'
import type { Cluster, ClusterRequest } from './client.ts'
import { changePassword } from './password.ts'
import { refuseUnwritable, refuseWithoutMaster } from './writable.ts'

const index = (...copies: { state: string; primary: boolean }[]) => ({ routing_table: { indices: { '.security-7': { shards: { '0': copies } } } } })
const primary = { state: 'STARTED', primary: true }
const block = (description: string, ...levels: string[]) => ({ description, levels })

/** A node that gives these states of its own, one after the other, the last one again and again; other requests are answered by `other`. */
function node(states: readonly object[], other: (request: ClusterRequest) => unknown = () => ({})): { cluster: Cluster; asked: ClusterRequest[] } {
  const asked: ClusterRequest[] = []
  const left = [...states]
  const request = async (one: ClusterRequest): Promise<unknown> => {
    asked.push(one)
    if (!one.path.startsWith('/_cluster/state')) return other(one)
    return left.length > 1 ? left.shift() : left[0]
  }
  return { cluster: { url: 'https://localhost:9200', caPem: '', user: 'elastic', request, close: async () => undefined }, asked }
}

test.each([
  ['no master', { master_node: null }, 'no_master', 'no master'],
  ['no primary shard of the security index', { master_node: 'a', ...index({ state: 'UNASSIGNED', primary: true }, { state: 'STARTED', primary: false }) }, 'security_index_unavailable', 'not allocated'],
  ['a read-only cluster', { master_node: 'a', blocks: { global: { '6': block('cluster read-only (api)', 'write', 'metadata_write') } } }, 'writes_blocked', 'cluster.blocks.read_only is set'],
  ['a cluster that allows deletion alone', { master_node: 'a', blocks: { global: { '13': block('cluster read-only / allow delete (api)', 'write', 'metadata_write') } } }, 'writes_blocked', 'cluster.blocks.read_only_allow_delete is set'],
  ['a security index at the flood stage', { master_node: 'a', blocks: { indices: { '.security-7': { '12': block('disk usage exceeded flood-stage watermark', 'write') } } } }, 'writes_blocked', 'index.blocks.read_only_allow_delete is set'],
  ['a block that is not known here', { master_node: 'a', blocks: { global: { '77': block('a new kind of block', 'write') } } }, 'writes_blocked', 'a new kind of block'],
])('%s is refused as what it is, before anything is sent', async (_, state, code, words) => {
  const { cluster, asked } = node([state])
  await expect(refuseUnwritable(cluster, { forMs: 0 })).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string })
  expect(asked.every(({ method, query }) => method === 'GET' && query?.local === true)).toBe(true)
})

test.each([
  ['a security index that is not there yet', { master_node: 'a' }],
  ['one with its primary', { master_node: 'a', ...index(primary, { state: 'UNASSIGNED', primary: false }) }],
  ['a block of another index', { master_node: 'a', blocks: { indices: { books: { '12': block('flood stage', 'write') } } } }],
  ['a block that lets writes through', { master_node: 'a', blocks: { global: { '9': block('no metadata', 'metadata_write') } } }],
])('%s is no obstacle', async (_, state) => {
  await expect(refuseUnwritable(node([state]).cluster)).resolves.toBeUndefined()
})

test('a master that is being elected, and a shard that is being allocated, are waited for', async () => {
  const states = [{ master_node: null }, { master_node: 'a', ...index({ state: 'INITIALIZING', primary: true }) }, { master_node: 'a', ...index(primary) }]
  await expect(refuseUnwritable(node(states).cluster)).resolves.toBeUndefined()
  await expect(refuseWithoutMaster(node(states.slice(0, 2)).cluster)).resolves.toBeUndefined()
})

const unwritable = node([{ master_node: 'a', blocks: { global: { '6': block('cluster read-only (api)', 'write') } } }])
test.each([
  ['a password', (cluster: Cluster) => changePassword(cluster, 'elastic', new Secret('123456'))],
  ['an API key', (cluster: Cluster) => createApiKey({ cluster, wanted: { name: 'x', lifetime: null, access: { kind: 'read' } }, now: 0 })],
])('%s is not sent to a cluster that cannot write it', async (_, send) => {
  await expect(send(unwritable.cluster)).rejects.toMatchObject({ code: 'writes_blocked' })
  expect(unwritable.asked.every(({ method }) => method === 'GET')).toBe(true)
})

const failing = (failure: Problem): Cluster => node([{ master_node: 'a' }], () => Promise.reject(failure)).cluster
const setsPassword = (failure: Problem): Promise<void> => changePassword(failing(failure), 'anna', new Secret('123456'))
const makesKey = (failure: Problem): Promise<unknown> => createApiKey({ cluster: failing(failure), wanted: { name: 'dashboard', lifetime: null, access: { kind: 'read' } }, now: 0 })

test.each([
  ['no answer in time', problem('unreachable', { url: 'u', why: 'no answer in time' })],
  ['a connection that broke', problem('unreachable', { url: 'u', why: 'ECONNRESET' })],
  ['a cancel meanwhile', problem('cancelled', {})],
])('after %s, a change that was sent may have been made, and that is told', async (_, failure) => {
  await expect(setsPassword(failure)).rejects.toMatchObject({ code: 'password_unanswered', message: expect.stringContaining('anna') as string })
  await expect(makesKey(failure)).rejects.toMatchObject({ code: 'api_key_unanswered', message: expect.stringContaining('dashboard') as string })
})

test.each([
  ['nobody who listens any more', problem('unreachable', { url: 'u', why: 'ECONNREFUSED' })],
  ['a refusal', problem('forbidden', { what: 'x' })],
])('%s is told as it is: nothing was changed', async (_, failure) => {
  await expect(setsPassword(failure)).rejects.toBe(failure)
  await expect(makesKey(failure)).rejects.toBe(failure)
})
