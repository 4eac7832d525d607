import type { Installation } from '../../shared/contract/installation.ts'
import type { ClosingPreview } from '../../shared/contract/transport.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster } from '../cluster/client.ts'
import { viewCluster } from '../cluster/view.ts'
import { inspect } from '../installation/inspect.ts'
import { hostOfBound } from '../node/bound-transport.ts'
import { findNode } from '../node/find-node.ts'
import { stopNode } from '../node/stop.ts'
import { putBackLeft, sweptWhere } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import type { PutBack } from '../plan/put-back.ts'
import { leftPlan, settleHandedOver } from '../plan/settled.ts'
import { originalBeforeLast, standingLast, undoLast } from '../plan/undo-last.ts'
import { readNodeSettings } from '../preflight/settings-file.ts'
import { addressOf } from '../setup/address-of.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { isThisMachine } from '../network/interfaces.ts'
import { onlyThisMachine } from '../network/url-host.ts'
import type { Work } from '../work/live-work.ts'
import { withWords, type OnRestarted } from './carry-out-opening.ts'
import { proveBound } from './prove-bound.ts'
import { provedSentences } from './proved-sentences.ts'
import { refuseUnstartable } from './refuse-unstartable.ts'
import { planRestart, startAgain, type Restart } from './restart.ts'

/**
 * What putting every opening of this home back would do; touches nothing but what a killed process left of its lock.
 * Problems: `nothing_opened`, `opened_below_others`.
 */
export async function previewClosing(target: NodeTarget): Promise<ClosingPreview> {
  const installation = await inspect(target)
  const running = await findNode(installation)
  const files = await sweptWhere('nothing_opened', installation.config, openingsOf(installation))
  return {
    target,
    sentences: [
      ...fileSentences(files, 'will'),
      (await closes(installation)) ? 'Nodes of other machines that have joined lose this one, and cannot join any more.' : 'It was open to other machines before as well, and stays so, as it was then.',
      running === null ? 'The node does not run; it takes this up at its next start.' : `The node "${running.name}" (process ${running.pid}) is stopped and started again: for about half a minute no client is answered.`,
    ],
    restarts: running !== null,
  }
}

/** Puts what was opened back, and starts a node that runs anew. Once the node is stopped it goes on to its end. Problems: those of `previewClosing`, of starting and stopping, `transport_nodes_elsewhere`, `busy`. */
export function closingWork(target: NodeTarget, config: string, given: { readonly password: Secret | null; readonly keystorePassword: Secret | null }, onRestarted: OnRestarted): Work {
  return ({ signal, onProgress }) =>
    withHomeLocked(config, async () => {
      const step = (done: number, text: string): void => onProgress({ text, done, total: 3, unit: 'steps' })
      step(0, 'Looking at the node')
      const installation = await inspect(target)
      await putBackLeft(config, 'temporary-user')
      await settleHandedOver(config)
      const left = await putBackLeft(config, 'opening')
      if (!left) await openingsOf(installation)
      const running = await findNode(installation)
      if (running !== null) await refuseUnstartable(installation, given.keystorePassword)
      const restart = running === null ? null : await planRestart(installation, running, given)
      if (restart !== null && (await closes(installation))) await refuseNodesElsewhere(restart)
      signal.throwIfAborted()
      if (restart === null) return { sentences: [...fileSentences(await undoLast(config, 'opening'), 'was'), 'The node takes this up when it is started.'] }
      step(1, 'Stopping the node')
      await stopNode({ installation })
      const files = await undoLast(config, 'opening')
      try {
        const { node, health } = await startAgain(restart, undefined, (text) => step(2, text))
        const bound = await proveBound(node, { addresses: [], opens: false })
        onRestarted(installation, node)
        return { sentences: [...fileSentences(files, 'was'), ...provedSentences({ node, bound, restart, health })] }
      } catch (thrown) {
        throw withWords(asProblem(thrown), 'The settings are as they were before the opening; the node does not run.')
      }
    })
}

/** Whether only this machine reaches it by what the settings were before the opening: a node that joined a cluster of other machines was open before. */
async function closes(installation: Installation): Promise<boolean> {
  const original = await originalBeforeLast(installation.config, 'opening', 'elasticsearch.yml')
  if (original === null) return true
  const hosts = bindHostsOf(await readNodeSettings(installation, Buffer.from(original).toString('utf8')), 'transport')
  return hosts.length === 0 || onlyThisMachine(hosts.join(','))
}

/** Only somebody with the password can ask. Problem: `transport_nodes_elsewhere`. */
async function refuseNodesElsewhere({ installation, way, password, health }: Restart): Promise<void> {
  if (health === null || health.nodes < 2 || password === null || way.kind === 'as-is') return
  const { url } = await addressOf(installation)
  const { nodes } = await withCluster({ url, ...way.handover.tls, auth: { user: 'elastic', password } }, (cluster) => viewCluster(cluster))
  const elsewhere = nodes.filter(({ address }) => address !== '' && !isThisMachine(hostOfBound(address.slice(address.indexOf('/') + 1))))
  if (elsewhere.length > 0) throw problem('transport_nodes_elsewhere', { nodes: elsewhere.map(({ name }) => name) })
}

/** Whether there is an opening of ours to put back. Touches nothing. */
export async function isOpened(config: string): Promise<boolean> {
  return (await leftPlan(config)) === 'opening' || (await standingLast(config, 'opening')).count > 0
}

async function openingsOf(installation: Installation): Promise<PutBack> {
  const { home, config } = installation
  const { count, putBack, above } = await standingLast(config, 'opening')
  if (above !== null) throw problem('opened_below_others', { title: above })
  if (count === 0 && (await leftPlan(config)) !== 'opening') throw problem('nothing_opened', { home })
  return putBack
}

function fileSentences({ restored, removed, merged, beside, kept }: PutBack, when: 'will' | 'was'): string[] {
  const deed = (done: string): string => `${when === 'will' ? 'will be' : 'was'} ${done}`
  return [
    ...[...restored, ...removed].map((path) => `${path} ${deed('put back as it was before the opening')}.`),
    ...merged.map((path) => `The opening ${deed('taken out of')} ${path}; what was edited since stays.`),
    ...beside.map((path) => `${path} ${deed('kept beside, under a new name')}.`),
    ...kept.map(({ path, reason }) => `${path} stays: ${reason}.`),
  ]
}
