import { beforeEach, expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { leaveCluster } from '../cluster/leave-cluster.ts'
import { findNode } from '../node/find-node.ts'
import { stopNode } from '../node/stop.ts'
import { undoFiles } from '../plan/undo.ts'
import { takeBackJoin } from './take-back-join.ts'
import { removeTraces } from './node-traces.ts'

// A double of the node that was started: what its cluster says is played. The same on real nodes: test/integration/enroll/matrix.long.test.ts
const done: string[] = []
vi.mock('../cluster/file-realm.ts', () => ({ withFileRealmSuperuser: vi.fn() }))
vi.mock('../cluster/leave-cluster.ts', () => ({ leaveCluster: vi.fn() }))
vi.mock('../node/find-node.ts', () => ({ findNode: vi.fn() }))
vi.mock('../node/node-record.ts', () => ({ removeNodeRecord: vi.fn() }))
vi.mock('../node/stop.ts', () => ({ stopNode: vi.fn() }))
vi.mock('../plan/undo.ts', () => ({ undoFiles: vi.fn() }))
vi.mock('../security/http-ca.ts', () => ({ readHttpCa: () => Promise.resolve({ pem: 'PEM' }) }))
vi.mock('./address-of.ts', () => ({ addressOf: () => Promise.resolve({ url: 'https://localhost:9201' }) }))
vi.mock('./node-traces.ts', () => ({ dataWasFormed: () => Promise.resolve(true), removeTraces: vi.fn() }))

const installation = { home: '/es', config: '/es/config' } as unknown as Installation
const note = (what: string) => (): Promise<void> => {
  done.push(what)
  return Promise.resolve()
}
beforeEach(() => {
  done.length = 0
  vi.mocked(findNode).mockResolvedValue({ name: 'beta' } as unknown as RunningNode)
  vi.mocked(withFileRealmSuperuser).mockImplementation((_, use) => use({} as Cluster))
  vi.mocked(leaveCluster).mockImplementation(note('left'))
  vi.mocked(stopNode).mockImplementation(async () => {
    await note('stopped')()
    return undefined as never
  })
  vi.mocked(removeTraces).mockImplementation(note('data deleted'))
  vi.mocked(undoFiles).mockImplementation(async () => {
    await note('files put back')()
    return { restored: [], removed: [], merged: [], beside: [], kept: [] }
  })
})

test('a node that the cluster had taken in already leaves it before it is stopped', async () => {
  expect(await takeBackJoin(installation, true)).toBe('The node was stopped, the data it had formed is gone and every file is as it was before.')
  expect(done).toEqual(['left', 'stopped', 'data deleted', 'files put back'])
})

test('one that holds data which is nowhere else by now is neither stopped nor deleted', async () => {
  vi.mocked(leaveCluster).mockRejectedValue(problem('undo_last_copies', { indices: 'books' }))
  await expect(takeBackJoin(installation, true)).rejects.toMatchObject({ code: 'undo_last_copies' })
  expect(done).toEqual([])
})

test('one that nobody can ask, or that found no cluster, has nothing to give up', async () => {
  vi.mocked(withFileRealmSuperuser).mockRejectedValue(problem('cluster_unhealthy', { why: 'master_not_discovered_exception' }))
  await takeBackJoin(installation, true)
  expect(done).toEqual(['stopped', 'data deleted', 'files put back'])
})
