import { expect, test } from 'vitest'
import { decodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { Secret } from '../../shared/secret.ts'
import type { OwnCertificate } from '../security/node-tls.ts'
import type { Cluster, ClusterRequest } from './client.ts'
import { createEnrollmentToken } from './token.ts'

const local = ['127.0.0.1:9300', '[::1]:9300']
const good = { xpack: { security: { enrollment: { enabled: 'true' }, http: { ssl: { enabled: 'true' } } } } }

interface There {
  readonly asked: ClusterRequest[]
  readonly make: (scope: 'node' | 'kibana') => ReturnType<typeof createEnrollmentToken>
}

/** A node that runs with these settings, whatever its file says by now, and whose transport listens at `transport`; `own` is shown to it. */
function node(settings: object, transport: readonly string[] = local, own?: OwnCertificate): There {
  const asked: ClusterRequest[] = []
  const said = { http: { bound_address: ['[::]:9200'], publish_address: '192.0.2.1:9200' }, transport: { bound_address: transport, publish_address: transport[0] }, settings }
  const request = async (one: ClusterRequest): Promise<unknown> => {
    asked.push(one)
    if (one.path.startsWith('/_cluster/state')) return { master_node: 'a' }
    return one.method === 'GET' ? { nodes: { only: said } } : { id: 'id', api_key: 'key', expiration: 5000 }
  }
  const cluster: Cluster = { url: 'https://localhost:9200', caPem: '', own, user: 'elastic', request, close: async () => undefined }
  return { asked, make: (scope) => createEnrollmentToken({ cluster, scope, caFingerprint: Array(32).fill('AB').join(':'), now: 0 }) }
}

const withSecurity = (change: object) => ({ xpack: { security: { ...good.xpack.security, ...change } } })

test.each([
  ['tls_off', 'TLS off on HTTP', 'kibana', withSecurity({ http: { ssl: { enabled: 'false' } } })],
  ['tls_off', 'TLS off on HTTP', 'node', withSecurity({ http: { ssl: { enabled: 'false' } } })],
  ['enrollment_off', 'enrollment off', 'kibana', withSecurity({ enrollment: { enabled: 'false' } })],
  ['enrollment_off', 'nothing said of enrollment', 'node', withSecurity({ enrollment: {} })],
  ['single_node_discovery', 'single-node discovery', 'node', { ...good, discovery: { type: 'single-node' } }],
] as const)('%s: where the node runs with %s no token for a %s is made, since it could never work', async (code, _, scope, settings) => {
  const { asked, make } = node(settings)
  await expect(make(scope)).rejects.toMatchObject({ code })
  expect(asked.map(({ method }) => method)).toEqual(['GET'])
})

test('a token expires when the cluster says so, whatever it was asked for', async () => {
  expect(await node(good).make('node')).toMatchObject({ createdAt: 0, expiresAt: 5000 })
})

test('a Kibana may be enrolled by a node that lets no other in', async () => {
  const { token } = await node({ ...good, discovery: { type: 'single-node' } }).make('kibana')
  expect(decodeEnrollmentToken(token.reveal())).toMatchObject({ adr: ['192.0.2.1:9200'], fgr: 'ab'.repeat(32), key: 'id:key' })
})

test('a token for a node is made where only this machine can reach transport, and warns of that', async () => {
  expect((await node(good).make('node')).warning).toContain('only nodes on this machine')
  expect((await node(good).make('kibana')).warning).toBeNull()
  expect((await node(good, ['192.0.2.1:9300']).make('node')).warning).toBeNull()
  expect((await node(good, [...local, '192.0.2.1:9300']).make('node')).warning).toBeNull()
})

test('a token of a node that only accepts clients with a certificate is made, as with stock, and warns that it does not work', async () => {
  const own = { cert: '', key: new Secret('') }
  expect(await node(good, local, own).make('kibana')).toMatchObject({ warning: expect.stringContaining('does not work') as string })
  expect((await node(good, local, own).make('node')).warning).toMatch(/does not work.*only nodes on this machine/)
  expect(await node(good).make('kibana')).toMatchObject({ warning: null })
})
