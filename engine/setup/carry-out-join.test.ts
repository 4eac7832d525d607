import { beforeEach, expect, test, vi } from 'vitest'
import type { ClusterView } from '../../shared/contract/cluster-view.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import { viewCluster } from '../cluster/view.ts'
import { settle } from '../plan/settled.ts'
import { endJoined } from './carry-out-join.ts'
import { LiveSetup, newHandover } from './live-setup.ts'

// A double of the node that was started: what it says of its cluster is played. The same on real nodes: test/integration/enroll/matrix.long.test.ts
vi.mock('../cluster/file-realm.ts', () => ({ withFileRealmSuperuser: vi.fn() }))
vi.mock('../cluster/view.ts', () => ({ viewCluster: vi.fn() }))
vi.mock('../plan/record.ts', () => ({ changeRecord: vi.fn(() => Promise.resolve(null)) }))
vi.mock('../plan/settled.ts', () => ({ settle: vi.fn(() => Promise.resolve()) }))

const installation = { home: '/es', config: '/es/config' } as unknown as Installation
const beta = { clusterName: 'grown', nodeName: 'beta', start: () => Promise.resolve() }
const done: string[] = []
const unhealthy = problem('cluster_unhealthy', { why: 'blocked by: [not recovered];' })
let live: LiveSetup
beforeEach(() => {
  vi.resetAllMocks()
  vi.mocked(withFileRealmSuperuser).mockImplementation(async ({ url }, use) => {
    done.push('let in')
    done.push(`asked at ${typeof url === 'string' ? url : await url()}`)
    return use({} as Cluster)
  })
  done.length = 0
  live = new LiveSetup({ home: '/es' }, '/es/config', 'joining', 0, null)
  live.handover = newHandover('https://localhost:9201', { ca: { path: '/ca', fingerprint: 'f' }, tls: { caPem: 'PEM' } }, null)
})

function viewOf(...names: string[]): ClusterView {
  return { name: 'grown', uuid: 'u', health: 'green', nodes: names.map((name) => ({ name, address: '127.0.0.1:9200', version: '9.4.3', elected: false })) }
}

test('a set-up stands once the cluster itself lists the node, however long there was no master before', async () => {
  vi.mocked(viewCluster).mockRejectedValueOnce(unhealthy).mockResolvedValueOnce(viewOf('alpha', 'gamma')).mockResolvedValue(viewOf('alpha', 'beta'))
  await endJoined(live, installation, beta)
  expect(live.state).toMatchObject({ stage: 'handed-over', joined: viewOf('alpha', 'beta') })
  expect(settle).toHaveBeenCalledWith('/es/config')
})

test.each([
  ['a node that the cluster does not list', () => Promise.resolve(viewOf('alpha', 'gamma')), 'did not take it in within 0 s: the cluster does not list it.'],
  ['a node that finds no master', () => Promise.reject(unhealthy), 'blocked by: [not recovered].'],
  ['a node that lists itself and no other: it formed a cluster of its own,', () => Promise.resolve(viewOf('beta')), 'the cluster does not list it.'],
])('%s is not admitted, and its set-up does not stand', async (_, view, why) => {
  vi.mocked(viewCluster).mockImplementation(view)
  await expect(endJoined(live, installation, beta, 0)).rejects.toMatchObject({ code: 'join_not_admitted', message: expect.stringContaining(why) as string })
  expect(settle).not.toHaveBeenCalled()
  expect(live.state.stage).toBe('proving')
})

test('whoever cancels does not wait for the cluster', async () => {
  vi.mocked(viewCluster).mockResolvedValue(viewOf('alpha'))
  live.controller.abort()
  await expect(endJoined(live, installation, beta)).rejects.toMatchObject({ code: 'cancelled' })
})

test('who asks the cluster stands in the file realm before the node is started, and asks where it answers then', async () => {
  vi.mocked(viewCluster).mockResolvedValue(viewOf('alpha', 'beta'))
  const start = async (): Promise<void> => {
    done.push('started')
    live.boundTo(9207)
  }
  await endJoined(live, installation, { ...beta, start })
  expect(done).toEqual(['let in', 'started', 'asked at https://localhost:9207'])
})

test('a node that does not start is told for what it is', async () => {
  const start = (): Promise<void> => Promise.reject(problem('runs_as_root', {}))
  await expect(endJoined(live, installation, { ...beta, start })).rejects.toMatchObject({ code: 'runs_as_root' })
})
