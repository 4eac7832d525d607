import { expect, test } from 'vitest'
import { problem } from '../../shared/problems/problem.ts'
import type { Cluster, ClusterRequest } from './client.ts'
import { leaveCluster, onlyOn } from './leave-cluster.ts'

const at = (node: string, index: string, shard = 0, state = 'STARTED') => ({ node, index, shard, state })

test('what has a started copy on another node is not the last', () => {
  expect(onlyOn('own', [at('own', '.security-7'), at('other', '.security-7')])).toEqual([])
})

test('what lies on this node alone is named, each index once', () => {
  expect(onlyOn('own', [at('own', 'books', 0), at('own', 'books', 1), at('own', 'b', 0), at('other', 'b', 0)])).toEqual(['books'])
})

test('a copy that is still being made elsewhere does not count, and one being made here is no loss', () => {
  expect(onlyOn('own', [at('own', 'a'), at('other', 'a', 0, 'INITIALIZING'), at('own', 'c', 0, 'INITIALIZING')])).toEqual(['a'])
})

test('a shard that is moving away from here is still here', () => {
  expect(onlyOn('own', [at('own', 'a', 0, 'RELOCATING')])).toEqual(['a'])
})

/** A cluster of which the node `own` has nothing alone; `excluded` are kept from voting already. Gives what changes it. */
function clusterOf(excluded: readonly string[], changing: (request: ClusterRequest) => Promise<unknown> = () => Promise.resolve('')): { cluster: Cluster; changes: string[] } {
  const changes: string[] = []
  const answers: Record<string, unknown> = {
    '/_nodes/_local/http': { nodes: { own: {} } },
    '/_cluster/state/routing_nodes,nodes': { nodes: {}, routing_nodes: { nodes: {} } },
    '/_cluster/state/metadata': excluded.length === 0 ? {} : { metadata: { cluster_coordination: { voting_config_exclusions: excluded.map((node_id) => ({ node_id, node_name: node_id })) } } },
  }
  const request = (asked: ClusterRequest, signal?: AbortSignal): Promise<unknown> => {
    if (signal?.aborted) return Promise.reject(problem('cancelled', {}))
    if (asked.method === 'GET') return Promise.resolve(answers[asked.path])
    changes.push(`${asked.method} ${String(asked.query?.node_ids ?? 'all')}`)
    return changing(asked)
  }
  return { cluster: { url: '', caPem: '', user: null, request, close: () => Promise.resolve() }, changes }
}

test('a node that leaves gives up its vote, and leaves no exclusion behind', async () => {
  const { cluster, changes } = clusterOf([])
  await leaveCluster(cluster)
  expect(changes).toEqual(['POST own', 'DELETE all'])
})

test('nodes that somebody keeps from voting are kept from it still: the exclusions go all together or not at all', async () => {
  const { cluster, changes } = clusterOf(['of an administrator'])
  await leaveCluster(cluster)
  expect(changes).toEqual(['POST own'])
})

test('where it is cancelled while the vote is given up the exclusion is taken back all the same', async () => {
  const controller = new AbortController()
  const { cluster, changes } = clusterOf([], ({ method }) => {
    controller.abort()
    return method === 'POST' ? Promise.reject(problem('cancelled', {})) : Promise.resolve('')
  })
  await expect(leaveCluster(cluster, controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
  expect(changes).toEqual(['POST own', 'DELETE all'])
})
