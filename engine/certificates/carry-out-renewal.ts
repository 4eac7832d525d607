import type { X509Certificate } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import { renewedWords, type OtherNodes } from '../../shared/renewal-words.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { applyPlan } from '../plan/apply.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { rollBack } from '../plan/roll-back.ts'
import { settle, settleHandedOver } from '../plan/settled.ts'
import { addressOf } from '../setup/address-of.ts'
import { ownerOfConfig } from '../setup/owner-of-config.ts'
import { refuseUnfinished } from '../setup/refuse-unfinished.ts'
import { withWords } from '../transport/carry-out-opening.ts'
import type { Work } from '../work/live-work.ts'
import { javaOpensStore } from './java-opens-store.ts'
import { changeKibanaTrust } from './kibana-trust.ts'
import { takesUp } from './reloading.ts'
import { otherNodes } from './nodes-left.ts'
import type { Renewal } from './renewal.ts'
import { refuseUnaccepted, untilServed } from './served-certificate.ts'

/** beyond the node's own interval, for a machine that is very busy */
const patienceMs = 60_000

/**
 * Writes a previewed renewal and waits until a running node serves it, proved by the CA that clients hold. Before the
 * keystore takes its place the node's own Java opens it. Whatever fails, or a cancel, puts the old keystore back.
 * Problems: those of unfinished work, `busy`, `renew_…`, `certificate_…`, those of `applyPlan`.
 */
export function renewalWork(renewal: Renewal): Work {
  return ({ signal, onProgress }) =>
    withHomeLocked(renewal.installation.config, async () => {
      const step = (done: number, text: string): void => onProgress({ text, done, total: 3, unit: 'steps' })
      step(0, 'Generating the key')
      const installation = await inspect(renewal.target)
      const { config } = installation
      refuseUnfinished(installation)
      await putBackLeft(config, 'temporary-user')
      await settleHandedOver(config)
      const { plan, leaf } = await renewal.complete()
      step(1, 'Checking and writing the keystore')
      let javaAsked = false
      const { named, leafAlias: alias } = renewal.basis
      const beforeReplace = async (change: { readonly path: string }, path: string): Promise<void> => {
        if (change.path === named.path)
          javaAsked = await javaOpensStore(installation, {
            path,
            alias,
            password: named.password,
            keyPassword: named.keyPassword,
            publicKey: leaf.publicKey,
          })
      }
      await applyPlan(plan, { config, owner: ownerOfConfig(installation), signal, beforeReplace })
      const node = takesUp((await findNode(installation)) !== null, renewal.loadsWithin)
      if (node === 'running') {
        step(2, 'Waiting until the node serves the new certificate')
        await prove(installation, { leaf, held: renewal.held, within: renewal.loadsWithin ?? 0, signal }).catch(
          (thrown: unknown) => putBack(config, thrown, signal),
        )
      }
      await settle(config)
      return {
        sentences: renewedWords({
          newUntil: Date.parse(leaf.validTo),
          authority: await withKibanasChanged(renewal),
          node,
          others: node === 'running' ? await othersAfter(renewal, signal) : null,
          javaAsked,
        }),
      }
    })
}

/** Null where the CA certificate stays, or the cluster could not be asked: the renewal stands all the same. */
async function othersAfter({ installation, reissue }: Renewal, signal: AbortSignal): Promise<OtherNodes | null> {
  if (reissue === null) return null
  return otherNodes(installation, reissue.newFingerprint, signal).catch(() => null)
}

/** From here on the renewal stands: a Kibana that cannot be changed is shown, with what to do. */
async function withKibanasChanged({ preview: { authority }, reissue }: Renewal): Promise<typeof authority> {
  if (authority === null || reissue === null) return null
  return { ...authority, kibanas: await changeKibanaTrust(authority.kibanas, reissue) }
}

/** Problems: `renew_not_served`, `certificate_…`, `cancelled`. */
async function prove(
  installation: Installation,
  {
    leaf,
    held,
    within,
    signal,
  }: { leaf: X509Certificate; held: readonly X509Certificate[]; within: number; signal: AbortSignal },
): Promise<void> {
  const { url } = await addressOf(installation)
  const forMs = within + patienceMs
  const isServed = await untilServed(url, leaf.raw, { forMs, signal })
  signal.throwIfAborted()
  if (!isServed) throw problem('renew_not_served', { url, seconds: Math.round(forMs / 1000) })
  for (const ca of held) if (Date.parse(ca.validTo) > Date.now()) await refuseUnaccepted(url, ca, signal)
}

async function putBack(config: string, thrown: unknown, signal: AbortSignal): Promise<never> {
  const told = asProblem(thrown, signal)
  await rollBack(config)
  throw withWords(told, 'The old keystore is restored.')
}
