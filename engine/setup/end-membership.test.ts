import { beforeEach, expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { leaveCluster } from '../cluster/leave-cluster.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { admissionInLog } from '../node/admission.ts'
import { findNode } from '../node/find-node.ts'
import { startNode, type StartedNode } from '../node/start.ts'
import { stopNode } from '../node/stop.ts'
import { endMembership } from './end-membership.ts'
import { dataWasFormed } from './node-traces.ts'

// A double of the node and its cluster. Real ones: test/integration/enroll/votes.long.test.ts
const done: string[] = []
vi.mock('../cluster/file-realm.ts', () => ({ withFileRealmSuperuser: vi.fn() }))
vi.mock('../cluster/leave-cluster.ts', () => ({ leaveCluster: vi.fn() }))
vi.mock('../cluster/wait-until-answering.ts', () => ({ waitUntilAnswering: vi.fn() }))
vi.mock('../node/admission.ts', () => ({ admissionInLog: vi.fn() }))
vi.mock('../node/find-node.ts', () => ({ findNode: vi.fn() }))
vi.mock('../node/start.ts', () => ({ startNode: vi.fn() }))
vi.mock('../node/stop.ts', () => ({ stopNode: vi.fn() }))
vi.mock('../plan/record.ts', () => ({ readRecord: () => Promise.resolve({ at: 1, facts: { nodeName: 'beta' } }) }))
vi.mock('../security/http-ca.ts', () => ({ readCalledNode: () => Promise.resolve({ ca: {}, tls: { caPem: 'PEM' } }) }))
vi.mock('./address-of.ts', () => ({ addressOf: () => Promise.resolve({ url: 'https://localhost:9201' }) }))
vi.mock('./node-traces.ts', () => ({ dataWasFormed: vi.fn() }))

const installation = { home: '/es', config: '/es/config', logs: '/es/logs' } as unknown as Installation
const node = { name: 'beta' } as unknown as RunningNode
const admitted = { nodeId: 'iD1', listened: true, foundMaster: true }
const note = <T>(what: string, answer: T) => (): Promise<T> => {
  done.push(what)
  return Promise.resolve(answer)
}

beforeEach(() => {
  vi.resetAllMocks()
  done.length = 0
  vi.mocked(findNode).mockResolvedValue(node)
  vi.mocked(dataWasFormed).mockResolvedValue(true)
  vi.mocked(admissionInLog).mockResolvedValue(admitted)
  vi.mocked(withFileRealmSuperuser).mockImplementation((_, use) => use({} as Cluster))
  vi.mocked(leaveCluster).mockImplementation(note('gave up its vote', { gone: note('exclusion removed', null), stays: note('votes again', undefined) }))
  vi.mocked(stopNode).mockImplementation(note('stopped', { pid: 1, insisted: false, unasked: false, ms: 1 }))
  vi.mocked(startNode).mockImplementation(note('started', { node, letGo: () => Promise.resolve() } as unknown as StartedNode))
})

test('a node that the cluster has counted in gives up its vote, stops, and only then is its exclusion removed', async () => {
  expect(await endMembership(installation, null)).toEqual({ stopped: true, left: null })
  expect(done).toEqual(['gave up its vote', 'stopped', 'exclusion removed'])
})

test('one that has died after it listened on transport is started again for that, whoever has its port by now', async () => {
  vi.mocked(findNode).mockResolvedValueOnce(null)
  const keystorePassword = new Secret('x')
  expect(await endMembership(installation, keystorePassword)).toEqual({ stopped: false, left: null })
  expect(done).toEqual(['started', 'gave up its vote', 'stopped', 'exclusion removed'])
  expect(startNode).toHaveBeenCalledWith(expect.objectContaining({ settings: { 'http.port': '0' }, keystorePassword }))
})

test('one that died before that has nothing to give up', async () => {
  vi.mocked(findNode).mockResolvedValue(null)
  vi.mocked(admissionInLog).mockResolvedValue({ ...admitted, listened: false, foundMaster: false })
  expect(await endMembership(installation, null)).toEqual({ stopped: false, left: null })
  expect(done).toEqual([])
})

test('nor has one that never formed data', async () => {
  vi.mocked(findNode).mockResolvedValue(null)
  vi.mocked(dataWasFormed).mockResolvedValue(false)
  expect(await endMembership(installation, null)).toEqual({ stopped: false, left: null })
  expect(done).toEqual([])
})

test('one that answers and has found no master is stopped at once', async () => {
  vi.mocked(admissionInLog).mockResolvedValue({ ...admitted, foundMaster: false })
  expect(await endMembership(installation, null)).toEqual({ stopped: true, left: null })
  expect(done).toEqual(['stopped'])
})

test('one that still starts is waited for, since its master may count it in meanwhile', async () => {
  vi.mocked(waitUntilAnswering).mockImplementation(note('answers', undefined))
  await endMembership(installation, null)
  expect(done).toEqual(['answers', 'gave up its vote', 'stopped', 'exclusion removed'])
})

test.each([problem('undo_last_copies', { indices: 'books' }), problem('leave_no_majority', { node: 'beta', down: ['iD2'], excluded: [] })])('one that the others cannot do without runs on ($code)', async (refusal) => {
  vi.mocked(leaveCluster).mockRejectedValue(refusal)
  await expect(endMembership(installation, null)).rejects.toBe(refusal)
  expect(done).toEqual([])
})

test('one that does not start again, or cannot be asked, is named with its ID: its vote is to be taken away by hand', async () => {
  vi.mocked(findNode).mockResolvedValueOnce(null)
  vi.mocked(startNode).mockRejectedValue(problem('not_running', { home: '/es' }))
  expect(await endMembership(installation, null)).toMatchObject({ stopped: false, left: { code: 'vote_left', message: expect.stringContaining('beta as a voter (ID iD1)') as string } })
  vi.mocked(leaveCluster).mockRejectedValue(problem('cluster_unhealthy', { why: 'master_not_discovered_exception' }))
  expect(await endMembership(installation, null)).toMatchObject({ stopped: true, left: { code: 'vote_left' } })
  expect(done).toEqual(['stopped'])
})

test('one that cannot be stopped votes again', async () => {
  vi.mocked(stopNode).mockRejectedValue(problem('stop_failed', { pid: 1, seconds: 20 }))
  await expect(endMembership(installation, null)).rejects.toMatchObject({ code: 'stop_failed' })
  expect(done).toEqual(['gave up its vote', 'votes again'])
})
