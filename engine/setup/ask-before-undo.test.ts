import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster, ClusterRequest } from '../cluster/client.ts'
import { leaveCluster } from '../cluster/leave-cluster.ts'
import type { SetupRecord } from '../plan/record.ts'
import { askBeforeUndo, askWithoutMaster } from './ask-before-undo.ts'

vi.mock('../cluster/leave-cluster.ts', () => ({ leaveCluster: vi.fn() }))

let logs: string
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
})
afterEach(() => rm(logs, { recursive: true, force: true }))

const [alpha, beta] = ['EerCiC9fQ3yclY2_HUs3XQ', 'ItwAIlBqQEaDeXkLoCF5UQ']
const betaJoined = `[2026-11-30T20:51:18,524][INFO ][o.e.c.c.NodeJoinExecutor ] [alpha] node-join: [{beta}{${beta}}{OHdgGMhCTtaUbBVt8zb7Rg}{beta}{127.0.0.1}{127.0.0.1:9300}{m}{9.4.3}] with reason [joining]\n`

interface Played {
  readonly up?: Readonly<Record<string, string>>
  readonly config?: readonly string[]
  readonly indices?: readonly string[]
  /** nodes that Firstnode has undone */
  readonly left?: readonly string[]
  readonly master?: string | null
}

function clusterOf({ up = { [alpha]: 'alpha' }, config = [alpha], indices = [], left = [], master = alpha }: Played): Cluster {
  const nodes = Object.fromEntries(Object.entries(up).map(([id, name]) => [id, { name, version: '9.4.3', roles: ['master'] }]))
  const metadata = { cluster_uuid: 'u', indices: Object.fromEntries([...indices.map((name) => [name, { state: 'open' }]), ['.security-7', { state: 'open', system: true }]]) }
  const answers: Record<string, unknown> = {
    '/': { name: 'alpha', cluster_name: 'c', cluster_uuid: 'u', version: { number: '9.4.3' } },
    '/_cluster/health': { status: 'green', number_of_nodes: Object.keys(up).length, unassigned_shards: 0 },
    '/_nodes/http': { nodes },
    '/_cluster/state/master_node': { master_node: master },
    '/_cluster/state/metadata': { metadata },
    '/_cluster/state/master_node,nodes,metadata': { master_node: master, nodes, metadata: { cluster_coordination: { last_committed_config: config, voting_config_exclusions: [] } } },
    '/_cluster/settings': {},
    '/_security/api_key': { api_keys: left.map((id) => ({ name: `firstnode_leave_${id}` })) },
  }
  const request = ({ path, query }: ClusterRequest): Promise<unknown> =>
    master === null && query?.local !== true && path !== '/' ? Promise.reject(problem('cluster_unhealthy', { why: 'master_not_discovered_exception' })) : Promise.resolve(answers[path])
  return { url: '', caPem: '', user: null, request, close: () => Promise.resolve() }
}

const ask = (played: Played, { joining = false, othersGone = false } = {}) =>
  askBeforeUndo(clusterOf(played), { installation: { logs }, record: { joining, formedCluster: 'u', at: 0 } as SetupRecord, auth: null, othersGone })

test('a node that is alone, and always was, may go', async () => {
  await expect(ask({})).resolves.toBeNull()
  await expect(ask({ config: [beta], master: beta, up: { [beta]: 'beta' } }, { joining: true })).resolves.toBeNull()
})

test('the first node does not go while another one that joined is only stopped: its log names it', async () => {
  await writeFile(join(logs, 'elasticsearch.log'), betaJoined)
  await expect(ask({})).rejects.toMatchObject({ code: 'undo_absent_nodes', message: expect.stringContaining(`beta (ID ${beta})`) as string, remedy: expect.stringContaining('--others-gone') as string })
  await expect(ask({}, { othersGone: true })).resolves.toBeNull()
})

test('nor while one that votes is down', async () => {
  await expect(ask({ config: [alpha, beta] })).rejects.toMatchObject({ code: 'undo_absent_nodes', message: expect.stringContaining(beta) as string })
})

test('one that was undone by Firstnode is not missed', async () => {
  await writeFile(join(logs, 'elasticsearch.log'), betaJoined)
  await expect(ask({ left: [beta] })).resolves.toBeNull()
})

test('a node that others are up beside leaves them, where it joined; the first one stays', async () => {
  const leaving = { gone: () => Promise.resolve(null), stays: () => Promise.resolve() }
  vi.mocked(leaveCluster).mockResolvedValue(leaving)
  const up = { [alpha]: 'alpha', [beta]: 'beta' }
  expect(await ask({ up }, { joining: true })).toBe(leaving)
  await expect(ask({ up })).rejects.toMatchObject({ code: 'undo_other_nodes' })
})

test('without a master nobody can tell whether its data is elsewhere: the person is asked, and told which indices it has', async () => {
  const orphan = { master: null, indices: ['books'] }
  const asked = { installation: { logs }, record: { joining: true, formedCluster: 'u', at: 0 } as SetupRecord, auth: null }
  await expect(askWithoutMaster(clusterOf(orphan), { ...asked, othersGone: false })).rejects.toMatchObject({ code: 'undo_no_master', message: expect.stringContaining('books') as string })
  await expect(askWithoutMaster(clusterOf(orphan), { ...asked, othersGone: true })).resolves.toBeNull()
})

test('data of another cluster is not deleted, whatever was confirmed', async () => {
  const record = { joining: true, formedCluster: 'another', at: 0 } as SetupRecord
  await expect(askWithoutMaster(clusterOf({ master: null }), { installation: { logs }, record, auth: null, othersGone: true })).rejects.toMatchObject({ code: 'undo_other_cluster' })
})

test('where there is a master, indices are kept, whatever was confirmed', async () => {
  await expect(ask({ indices: ['books'] }, { othersGone: true })).rejects.toMatchObject({ code: 'undo_would_lose_data' })
})
