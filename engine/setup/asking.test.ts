import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { scriptedCluster, type Answer, type ScriptedCluster } from '../kibana/testing/scripted-cluster.ts'
import { tokenFor } from './asking.ts'
import { LiveSetup, newHandover } from './live-setup.ts'

const node = { status: 200, body: { nodes: { one: { http: { bound_address: ['127.0.0.1:9200'], publish_address: '127.0.0.1:9200' }, settings: { xpack: { security: { enrollment: { enabled: 'true' } } } } } } } }
const health = (status: 'red' | 'yellow'): Answer => ({ status: 200, body: { status, number_of_nodes: 1, unassigned_shards: 1 } })
const makesKeys = { 'GET /_nodes/_local/http,transport,settings': node, 'POST /_security/api_key?refresh=false': { status: 200, body: { id: 'id', api_key: 'key' } } }

/** A set-up of this process, whose cluster is in that health, and who asks it for a token for Kibana. */
async function liveWith(status: 'red' | 'yellow'): Promise<{ cluster: ScriptedCluster; ask: (force: boolean) => ReturnType<typeof tokenFor> }> {
  const cluster = await scriptedCluster({ ...makesKeys, 'GET /_cluster/health?timeout=10s&master_timeout=10s': health(status) })
  const live = new LiveSetup({ home: '/es' }, '/es/config', 'first-node', 0, null)
  const { url, caPem: pem, caFingerprint: fingerprint } = cluster
  live.handover = newHandover(url, { ca: { path: '/es/config/certs/http_ca.crt', fingerprint }, tls: { caPem: pem } }, new Secret('an elastic password'))
  return { cluster, ask: (force) => tokenFor({ live: () => live }, { target: { home: '/es' }, setupId: live.state.setupId }, { scope: 'kibana', force }, undefined) }
}

test('a live set-up whose cluster is red is refused a token, until somebody says so once more', async () => {
  const { cluster, ask } = await liveWith('red')
  await expect(ask(false)).rejects.toMatchObject({ code: 'cluster_red', message: expect.stringContaining('red: 1 shard') })
  expect(cluster.asked).not.toContain('POST /_security/api_key?refresh=false')
  expect(await ask(true)).toMatchObject({ scope: 'kibana', token: expect.any(String) })
})

test('yellow is what a single node is, and no obstacle', async () => {
  expect(await (await liveWith('yellow')).ask(false)).toMatchObject({ scope: 'kibana' })
})
