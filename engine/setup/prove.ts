import type { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { readHealth } from '../cluster/health.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import type { LiveSetup } from './live-setup.ts'

/**
 * Proves what was set up: TLS verified against our CA, the password accepted (a 401 is asked again until the security index
 * is allocated), health read. Without a password only TLS and an answer are proved. Fills `proof` and ends the phases.
 * `died` says why the node is gone, if it is.
 */
export async function prove(live: LiveSetup, password: Secret | null, signal: AbortSignal, died: () => Promise<Problem | null>): Promise<void> {
  const handover = live.handover
  if (handover === null) throw new Error('nothing to prove: the set-up has no address and CA yet')
  const { url, tls, caFingerprint } = handover
  await waitUntilAnswering({ url, ...tls, password, signal, died })
  live.begin('answering')
  live.end('answering')
  if (password === null) return live.end('proved')
  live.begin('proved')
  const health = await withCluster({ url, ...tls, auth: { user: 'elastic', password } }, (cluster) => readHealth(cluster, signal))
  live.update({
    proof: {
      tls: `Verified with the CA of this set-up (SHA-256 ${caFingerprint})`,
      user: 'elastic',
      clusterName: health.clusterName,
      clusterUuid: health.clusterUuid,
      health: health.status,
    },
  })
  live.end('proved')
}
