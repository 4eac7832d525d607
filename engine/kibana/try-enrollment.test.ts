import { expect, test } from 'vitest'
import { scriptedCluster } from './testing/scripted-cluster.ts'
import { tryEnrollment } from './try-enrollment.ts'

const signal = new AbortController().signal
const mayNotEnroll = { username: 'elastic', cluster: { 'cluster:admin/xpack/security/enroll/kibana': false }, index: {}, application: {} }

test('the cluster is asked what the token may and of which major it is, and never to enroll', async () => {
  const { token, asked, url, caPem } = await scriptedCluster()
  expect(await tryEnrollment(token, signal)).toEqual({ url, caPem, caFingerprint: token.fgr, major: 9 })
  expect(asked).toEqual(['POST /_security/user/_has_privileges', 'GET /_security/_authenticate'])
})

test('a cluster that does not tell its major is taken all the same', async () => {
  const { token } = await scriptedCluster({ 'GET /_security/_authenticate': { status: 200, body: { username: 'elastic' } } })
  expect(await tryEnrollment(token, signal)).toMatchObject({ major: null })
})

test.each([
  ['a token for a node', { status: 200, body: mayNotEnroll }, 'token_wrong_scope'],
  ['one that has expired', { status: 401, body: {} }, 'token_refused'],
  ['a cluster that answers otherwise', { status: 503, body: { error: { reason: 'blocked' } } }, 'request_refused'],
])('%s is refused, with nothing made', async (_, privileges, code) => {
  const { token, asked } = await scriptedCluster({ 'POST /_security/user/_has_privileges': privileges })
  await expect(tryEnrollment(token, signal)).rejects.toMatchObject({ code })
  expect(asked).toEqual(['POST /_security/user/_has_privileges'])
})
