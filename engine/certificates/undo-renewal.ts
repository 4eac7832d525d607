import type { RenewalUndo } from '../../shared/contract/certificates.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { renewalUndoWords } from '../../shared/renewal-words.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { putBackLeft, sweptWhere } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import type { PutBack } from '../plan/put-back.ts'
import { previewRollBack } from '../plan/roll-back.ts'
import { leftPlan, settleHandedOver } from '../plan/settled.ts'
import { standingLast, undoLast } from '../plan/undo-last.ts'
import { fingerprintOf } from '../security/certificates.ts'
import { caBeside } from '../security/http-ca.ts'
import { refuseUnfinished } from '../setup/refuse-unfinished.ts'
import type { Work } from '../work/live-work.ts'
import { changedKibanas, restoreKibanaTrust, type UndoneReissue } from './kibana-trust.ts'
import { reloadsWithin, takesUp } from './reloading.ts'

/**
 * What undoing the newest renewal would do, or ending one that was interrupted; touches nothing but the lock that a
 * killed process left. Problems: `nothing_renewed`, `renewed_below_others`, those of unfinished work.
 */
export async function previewRenewalUndo(target: NodeTarget): Promise<RenewalUndo> {
  const installation = await inspect(target)
  refuseUnfinished(installation)
  const putBack = await sweptWhere('nothing_renewed', installation.config, whatGoesBack(installation))
  return viewOf(target, installation, putBack)
}

/**
 * Undoes the newest renewal; the certificates are as they were before it. A running node loads them by itself.
 * Problems: those of `previewRenewalUndo`, `busy`.
 */
export function renewalUndoWork(target: NodeTarget, config: string): Work {
  return ({ signal, onProgress }) =>
    withHomeLocked(config, async () => {
      onProgress({ text: 'Restoring the certificates', done: 0, total: 1, unit: 'steps' })
      const installation = await inspect(target)
      refuseUnfinished(installation)
      await putBackLeft(config, 'temporary-user')
      await settleHandedOver(config)
      const putBack = await whatGoesBack(installation)
      const view = await viewOf(target, installation, putBack)
      signal.throwIfAborted()
      if (!(await putBackLeft(config, 'renew'))) {
        const undone = await undoneReissue(installation)
        if (undone !== null) await restoreKibanaTrust(undone)
        await undoLast(config, 'renew', { most: 1 })
      }
      return { sentences: renewalUndoWords(view) }
    })
}

/** Whether a renewal can be undone here. Touches nothing. */
export async function isRenewed(config: string): Promise<boolean> {
  return (await leftPlan(config)) === 'renew' || (await standingLast(config, 'renew', 1)).count > 0
}

async function whatGoesBack({ home, config }: Installation): Promise<PutBack> {
  if ((await leftPlan(config)) === 'renew') return previewRollBack(config)
  const { count, putBack, above } = await standingLast(config, 'renew', 1)
  if (above !== null) throw problem('renewed_below_others', { title: above })
  if (count === 0) throw problem('nothing_renewed', { home })
  return putBack
}

async function viewOf(
  target: NodeTarget,
  installation: Installation,
  { restored, removed, kept }: PutBack,
): Promise<RenewalUndo> {
  const { settings } = await readHomeSettings(installation)
  const node = takesUp((await findNode(installation)) !== null, reloadsWithin(settings))
  const undone = await undoneReissue(installation)
  const kibanas = undone === null ? [] : await changedKibanas(undone)
  return { target, restored: [...restored, ...removed], kept, node, kibanas }
}

/** Null where a renewal was interrupted, which changed no Kibana, or where no CA certificate is known. */
async function undoneReissue({ home, config }: Installation): Promise<UndoneReissue | null> {
  if ((await leftPlan(config)) === 'renew') return null
  const beside = await caBeside(config)
  return beside === null ? null : { fingerprint: fingerprintOf(beside.ca.raw), home, config }
}
