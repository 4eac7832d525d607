import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import type { Problem } from '../../shared/problems/problem.ts'
import { leaveCluster, onlyOn } from './leave-cluster.ts'
import { VotingCluster } from './testing/voting-cluster.ts'

const at = (node: string, index: string, shard = 0, state = 'STARTED') => ({ node, index, shard, state })
const leave = (cluster: VotingCluster, id: string, signal?: AbortSignal) => leaveCluster(cluster.over(id), { auth: null, open: cluster.open, signal })
const ids = ['a', 'b', 'c', 'd', 'e']

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

test.each([2, 3, 4, 5])('a node that leaves a cluster of %i keeps no vote, and the votes are what they were before it joined', async (size) => {
  const cluster = new VotingCluster(...ids.slice(0, size - 1))
  const last = ids[size - 1] ?? ''
  const before = [...cluster.config]
  cluster.join(last)
  const leaving = await leave(cluster, last)
  cluster.stop(last)
  expect(await leaving.gone()).toBeNull()
  expect(cluster.config.toSorted()).toEqual(before.toSorted())
  expect(cluster.exclusions).toEqual([])
})

test.each([2, 3, 4, 5])('the master itself can leave a cluster of %i: the others elect another one', async (size) => {
  const cluster = new VotingCluster(...ids.slice(0, size))
  const leaving = await leave(cluster, 'a')
  cluster.stop('a')
  expect(await leaving.gone()).toBeNull()
  expect(cluster.config).not.toContain('a')
  expect(cluster.master).not.toBeNull()
  expect(cluster.exclusions).toEqual([])
})

test('of three nodes, two can leave one after the other, and the first goes on alone', async () => {
  const cluster = new VotingCluster('a', 'b', 'c')
  for (const id of ['c', 'b']) {
    const leaving = await leave(cluster, id)
    cluster.stop(id)
    await leaving.gone()
  }
  expect(cluster).toMatchObject({ config: ['a'], master: 'a', exclusions: [] })
})

test('the exclusion stays until the node has stopped, and is removed over another node', async () => {
  const cluster = new VotingCluster('a', 'b', 'c')
  const leaving = await leave(cluster, 'c')
  expect(cluster.changes).toEqual(['POST c'])
  expect(cluster.config).not.toContain('c')
  cluster.stop('c')
  await leaving.gone()
  expect(cluster.changes).toEqual(['POST c', 'DELETE all'])
})

test('a node that could not be stopped after all votes again', async () => {
  const cluster = new VotingCluster('a', 'b', 'c')
  await (await leave(cluster, 'c')).stays()
  expect(cluster.config.toSorted()).toEqual(['a', 'b', 'c'])
  expect(cluster.exclusions).toEqual([])
})

test('exclusions of an administrator are kept, those that name a node as well', async () => {
  const cluster = new VotingCluster('a', 'b', 'c', 'd')
  cluster.exclusions = [{ node_id: 'b', node_name: 'node-b' }, { node_id: '_absent_', node_name: 'retired' }]
  const former = [...cluster.exclusions]
  const leaving = await leave(cluster, 'd')
  cluster.stop('d')
  expect(await leaving.gone()).toBeNull()
  expect(cluster.exclusions).toEqual(former)
  expect(cluster.config).not.toContain('b')
})

test('where an administrator has excluded the other node, nothing is changed, and the way out is named', async () => {
  const cluster = new VotingCluster('a', 'b')
  cluster.exclusions = [{ node_id: 'a', node_name: 'node-a' }]
  cluster.config = ['b']
  const refused = await leave(cluster, 'b').catch((thrown: unknown) => thrown as Problem)
  expect(refused).toMatchObject({ code: 'leave_no_majority', message: expect.stringContaining('node-a') as string, remedy: expect.stringContaining('DELETE /_cluster/voting_config_exclusions') as string })
  expect(cluster.changes).toEqual([])
})

test('where the others are too few without it, since one is down, nothing is changed, and that one is named', async () => {
  const cluster = new VotingCluster('a', 'b', 'c')
  cluster.stop('a')
  await expect(leave(cluster, 'c')).rejects.toMatchObject({ code: 'leave_no_majority', message: expect.stringContaining('by ID): a.') as string })
  expect(cluster.changes).toEqual([])
})

test.each(['cancelled', 'refused'])('where giving up the vote is %s, the exclusions are as they were', async (how) => {
  const cluster = new VotingCluster('a', 'b', 'c', 'd')
  cluster.exclusions = [{ node_id: 'b', node_name: 'node-b' }]
  const former = [...cluster.exclusions]
  const controller = new AbortController()
  cluster.before = ({ method, path, query }) => {
    if (method !== 'POST' || !path.includes('exclusions') || query?.node_ids !== 'd') return
    cluster.exclusions.push({ node_id: 'd', node_name: 'node-d' })
    controller.abort()
    throw Object.assign(new Error(how), { code: how })
  }
  await expect(leave(cluster, 'd', controller.signal)).rejects.toMatchObject({ code: how })
  expect(cluster.exclusions).toEqual(former)
})

test('a node that may not vote, and holds only copies, just leaves', async () => {
  const cluster = new VotingCluster('a', 'b')
  cluster.join('c', ['data'])
  const leaving = await leave(cluster, 'c')
  cluster.stop('c')
  expect(await leaving.gone()).toBeNull()
  expect(cluster.changes).toEqual([])
})

test('where no other node can be reached, the node leaves all the same, and what is left to do is told', async () => {
  const cluster = new VotingCluster('a', 'b', 'c')
  cluster.before = (_, over) => {
    if (over !== 'c') throw Object.assign(new Error('no'), { code: 'unreachable' })
  }
  const leaving = await leave(cluster, 'c')
  cluster.stop('c')
  expect(await leaving.gone()).toMatchObject({ code: 'vote_exclusion_left', message: expect.stringContaining('c') as string })
})

test('where API keys are off, the password is used', async () => {
  const cluster = new VotingCluster('a', 'b')
  cluster.before = ({ path }) => {
    if (path.includes('api_key')) throw new Error('off')
  }
  const leaving = await leaveCluster(cluster.over('b'), { auth: { user: 'elastic', password: new Secret('x') }, open: cluster.open })
  cluster.stop('b')
  expect(await leaving.gone()).toBeNull()
  expect(cluster.exclusions).toEqual([])
})

test('data that is nowhere else keeps a node from leaving', async () => {
  const cluster = new VotingCluster('a', 'b')
  cluster.onlyOn = { node: 'b', index: 'books' }
  await expect(leave(cluster, 'b')).rejects.toMatchObject({ code: 'undo_last_copies', message: expect.stringContaining('books') as string })
  expect(cluster.changes).toEqual([])
})
