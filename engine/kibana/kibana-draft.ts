import type { KibanaPreview, KibanaTarget } from '../../shared/contract/kibana.ts'
import { decodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { Secret } from '../../shared/secret.ts'
import { previewChanges } from '../plan/preview.ts'
import type { MadeToken } from './enrolled-kibana.ts'
import { accountToWrite } from './kibana-account.ts'
import { isKibanaTorn, recoverKibana, withKibanaLocked } from './kibana-changes.ts'
import { refuseMajorApart } from './kibana-fits.ts'
import { refuseConnected, refuseKeystore, refuseUnwritable } from './kibana-guards.ts'
import { inspectKibana, type KibanaHome } from './kibana-home.ts'
import { notesOn } from './kibana-notes.ts'
import { planKibana, type KibanaPlan } from './kibana-plan.ts'
import { previewSentences } from './kibana-sentences.ts'
import { viewKibana } from './kibana-view.ts'
import { tryEnrollment, type ReachedByToken } from './try-enrollment.ts'

/** A Kibana that is to be connected, as a person was shown it. */
export interface KibanaDraft {
  readonly target: KibanaTarget
  /** as it was looked at */
  readonly kibana: KibanaHome
  readonly enrollmentToken: Secret
  readonly reached: ReachedByToken
  /** ms since 1970: it names the certificate */
  readonly at: number
  /** what the cluster made for it, once somebody said so */
  made: MadeToken | null
}

export interface DraftWish {
  readonly replace: boolean
  readonly signal: AbortSignal
}

/** In the place of a token that is not made yet. */
const unmade = new Secret('••••')

/**
 * Looks at a Kibana, and at the cluster of a token, and shows what connecting them will write. Nothing is changed, neither on the disk nor in the cluster; what a Firstnode that died left
 * is taken up first. Problems: those of `inspectKibana`, `refuseConnected` (unless `replace`), `refuseKeystore`, `refuseUnwritable`, `decodeEnrollmentToken`, `tryEnrollment`, `kibana_version_apart`.
 */
export async function draftKibana(target: KibanaTarget, enrollmentToken: Secret, { replace, signal }: DraftWish): Promise<{ draft: KibanaDraft; preview: Omit<KibanaPreview, 'planId'> }> {
  const kibana = await inspectSettled(target)
  await refuseUnwritable(kibana, await accountToWrite(kibana, target.user))
  if (!replace) refuseConnected(kibana)
  refuseKeystore(kibana)
  const reached = await tryEnrollment(decodeEnrollmentToken(enrollmentToken.reveal()), signal)
  refuseMajorApart(kibana.version, reached.major)
  const draft: KibanaDraft = { target, kibana, enrollmentToken, reached, at: Date.now(), made: null }
  const plan = await planKibana(kibana, { ...reached, serviceToken: unmade }, draft.at)
  const { url, major, caFingerprint } = reached
  const preview = {
    kibana: await viewKibana(kibana),
    cluster: { url, major, caFingerprint },
    sentences: previewSentences(kibana, reached, plan),
    notes: notesOn(kibana),
    changes: await changesOf(plan),
  }
  return { draft, preview }
}

async function changesOf({ certificate, settings, cleanup }: KibanaPlan): Promise<KibanaPreview['changes']> {
  // Thirty lines of base64 tell nobody anything; what it is, its note says. How long the settings will be is known with the token.
  const trusted = (await previewChanges(certificate)).map((view) => ({ ...view, diff: null }))
  const written = (await previewChanges(settings)).map((view) => ({ ...view, bytes: null }))
  return [...trusted, ...written, ...(cleanup === null ? [] : await previewChanges(cleanup))]
}

async function inspectSettled(target: KibanaTarget): Promise<KibanaHome> {
  const kibana = await inspectKibana(target)
  if (!(await isKibanaTorn(kibana))) return kibana
  await withKibanaLocked(kibana, () => recoverKibana(kibana))
  return inspectKibana(target)
}
