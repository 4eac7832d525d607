import { decodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { asProblem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { deleteToken, earlierTokens, retireTokens, type EarlierTokens } from './earlier-tokens.ts'
import { enrollKibana, proveEnrolled } from './enroll-kibana.ts'
import type { EnrolledKibana } from './enrolled-kibana.ts'
import { accountToWrite } from './kibana-account.ts'
import { applyKibana, isKibanaTorn, withKibanaLocked } from './kibana-changes.ts'
import type { KibanaDraft } from './kibana-draft.ts'
import { refuseVersionApart } from './kibana-fits.ts'
import { refuseKeystore, refuseUnwritable } from './kibana-guards.ts'
import { inspectKibana, type KibanaHome } from './kibana-home.ts'
import { planKibana, type KibanaPlan } from './kibana-plan.ts'

/** The elastic user of a cluster, for what the cluster made in vain to be deleted again. */
export interface Elastic {
  readonly password: Secret
  /**
   * of the cluster's CA: SHA-256 of its DER, in hex; no other cluster gets the password. Null: it was given for the
   * cluster of the token.
   */
  readonly caFingerprint: string | null
}

export interface ConnectOptions {
  readonly signal?: AbortSignal | undefined
  readonly elastic?: Elastic | null | undefined
}

export interface Connected {
  readonly kibana: KibanaHome
  readonly enrolled: EnrolledKibana
  readonly plan: KibanaPlan
  /** tokens of earlier connections that may still work: nobody here could delete them */
  readonly tokensLeft: readonly string[]
}

/**
 * Connects a Kibana just as it was shown. What the disk may refuse is looked at before the cluster makes a token; what fails after that writes nothing, and the token is deleted
 * again where `elastic` may, else named by `kibana_token_left`. A draft that is connected once more uses the token it has. Problems: `busy`, `changed_meanwhile`,
 * `recover_first`, those of `refuseKeystore`, `refuseUnwritable`, `enrollKibana`; with the token's name those of `proveEnrolled`, `planKibana`, `applyKibana`, and `kibana_version_apart`.
 */
export async function connectKibana(draft: KibanaDraft, { signal = new AbortController().signal, elastic = null }: ConnectOptions = {}): Promise<Connected> {
  const { target, reached, at } = draft
  return withKibanaLocked(draft.kibana, async () => {
    const kibana = await inspectKibana(target)
    const account = await accountToWrite(kibana, target.user)
    await refuseUnwritable(kibana, account)
    refuseKeystore(kibana)
    if (!isAsDrafted(kibana, draft.kibana)) throw problem('changed_meanwhile', { path: kibana.settingsFile })
    if (await isKibanaTorn(kibana)) throw problem('recover_first', { config: kibana.config })
    if (signal.aborted) throw problem('cancelled', {})
    // Once it is asked for, its answer is waited for: a token whose name nobody heard could not be deleted.
    draft.made ??= await enrollKibana(decodeEnrollmentToken(draft.enrollmentToken.reveal()), reached)
    try {
      signal.throwIfAborted()
      const enrolled = await proveEnrolled(draft.made, reached, signal)
      refuseVersionApart(kibana.version, enrolled.clusterVersion)
      const plan = await planKibana(kibana, enrolled, at)
      const earlier = await earlierTokens(kibana)
      await applyKibana(kibana, plan, { signal, account })
      return { kibana, enrolled, plan, tokensLeft: await retired(earlier, reached, elastic) }
    } catch (thrown) {
      throw await withoutToken(draft, elastic, asProblem(thrown, signal))
    }
  })
}

function isAsDrafted(now: KibanaHome, then: KibanaHome): boolean {
  const same = now.bytes === null || then.bytes === null ? now.bytes === then.bytes : now.bytes.equals(then.bytes)
  return same && now.data === then.data
}

/** What failed, once the token that nobody uses is deleted; where it is not, with its name and how it is deleted by hand. */
async function withoutToken(draft: KibanaDraft, elastic: Elastic | null, failed: Error & { readonly remedy: string }): Promise<Error> {
  const token = draft.made?.tokenName ?? ''
  if (elastic !== null && (await isDeleted(draft.reached, token, elastic))) {
    draft.made = null
    return failed
  }
  return problem('kibana_token_left', { what: failed.message, remedy: failed.remedy, token }, { cause: failed })
}

async function isDeleted(reached: KibanaDraft['reached'], token: string, elastic: Elastic): Promise<boolean> {
  if (!mayAsk(elastic, reached)) return false
  return asElastic(reached, elastic, (cluster) => deleteToken(cluster, token)).catch(() => false)
}

/** Deletes what earlier connections left in the cluster; the new one works by now, so that nothing is lost. */
async function retired(
  earlier: EarlierTokens,
  reached: KibanaDraft['reached'],
  elastic: Elastic | null,
): Promise<string[]> {
  const retire = (cluster: Cluster | null): Promise<string[]> => retireTokens(earlier, cluster, reached.caFingerprint)
  if (elastic === null || !mayAsk(elastic, reached)) return retire(null)
  return asElastic(reached, elastic, retire).catch(() => retire(null))
}

function mayAsk(elastic: Elastic, { caFingerprint }: KibanaDraft['reached']): boolean {
  return elastic.caFingerprint === null || elastic.caFingerprint.replaceAll(':', '').toLowerCase() === caFingerprint
}

function asElastic<T>(
  { url, caPem }: KibanaDraft['reached'],
  { password }: Elastic,
  ask: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  return withCluster({ url, caPem, auth: { user: 'elastic', password } }, ask)
}
