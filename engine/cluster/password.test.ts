import { expect, test } from 'vitest'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { Cluster, ClusterRequest } from './client.ts'
import { changePassword } from './password.ts'

/** A cluster that answers a change with `change` and the question for a user with `look`; null: all is well. */
function cluster(change: Problem | null, look: Problem | null = null): { asked: ClusterRequest[]; cluster: Cluster } {
  const asked: ClusterRequest[] = []
  const request = async (one: ClusterRequest): Promise<unknown> => {
    if (one.path.startsWith('/_cluster/state')) return { master_node: 'a' }
    asked.push(one)
    const refusal = one.method === 'PUT' ? change : look
    if (refusal !== null) throw refusal
    return {}
  }
  return { asked, cluster: { url: 'https://localhost:9200', caPem: '', user: 'elastic', request, close: async () => undefined } }
}
const refused = problem('request_refused', { status: 400, why: 'Validation Failed: 1: user must exist in order to change password;' })
const newOne = new Secret('new and long')

test('a password is changed by one request, which does not wait until searches see it', async () => {
  const { asked, cluster: there } = cluster(null)
  await changePassword(there, 'anna/b', newOne)
  expect(asked).toEqual([{ method: 'PUT', path: '/_security/user/anna%2Fb/_password', query: { refresh: 'false' }, body: { password: 'new and long' } }])
})

test.each([
  ['its error', problem('request_refused', { status: 404, why: 'it does not say why' })],
  ['an empty body', problem('not_elasticsearch_there', { url: 'https://localhost:9200' })],
])('a user who is not there is named where the cluster answers the question for one with 404 and %s', async (_, look) => {
  await expect(changePassword(cluster(refused, look).cluster, 'nobody', newOne)).rejects.toMatchObject({ code: 'no_such_user', message: expect.stringContaining('nobody') })
})

test('a change that is refused for a user who is there is told in the words of the cluster', async () => {
  await expect(changePassword(cluster(refused).cluster, 'elastic', newOne)).rejects.toBe(refused)
})

test('a wrong password is told as one, and no user is asked for', async () => {
  const { asked, cluster: there } = cluster(problem('wrong_password', { user: 'elastic' }))
  await expect(changePassword(there, 'elastic', newOne)).rejects.toMatchObject({ code: 'wrong_password' })
  expect(asked).toHaveLength(1)
})
