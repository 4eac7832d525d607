import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { startNode } from '../node/start.ts'
import { applyPlan, type StepHook } from '../plan/apply.ts'
import { changeRecord, writeRecord } from '../plan/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Draft } from './draft.ts'
import type { JoinDraft } from './join-draft.ts'
import { newHandover, type HandedOver, type LiveSetup } from './live-setup.ts'
import { rememberBeforeStart } from './node-traces.ts'
import { ownerOfConfig } from './owner-of-config.ts'
import { prove } from './prove.ts'
import { onceStopped } from './once-stopped.ts'
import { putBack } from './put-back.ts'
import { failPhase } from './setup-phases.ts'
import { newRecord } from './setup-record.ts'
import { tellProblem } from './tell-problem.ts'

/**
 * The way through, for a first node: keys, files, start, proof. Ends in stage `ready`, or puts everything back and ends
 * in `cancelled` or `failed` with the problem. Never rejects. `live` holds the lock on the home.
 */
export async function carryOut(live: LiveSetup, draft: Draft): Promise<void> {
  const { installation } = draft
  try {
    const first = await writeFiles(live, draft)
    live.handover = newHandover(draft.facts.url, calledBy(first), first.password)
    await startAndProve(live, installation, first.password, draft.keystorePassword)
    await changeRecord(installation.config, { stage: 'ready', formedCluster: live.state.proof?.clusterUuid ?? null })
    live.update({ stage: 'ready' })
  } catch (thrown) {
    await endInFailure(live, installation, thrown, putBack)
  } finally {
    draft.keys.cancel()
  }
}

/** What a draft needs to be written: a first node, or one that joins. */
type Writable<K, P> = Pick<Draft | JoinDraft, 'kind' | 'target' | 'installation' | 'facts' | 'answers'> & {
  readonly keys: { readonly ready: Promise<K>; cancel(): void }
  complete(keys: K): Promise<P>
}

/** Waits for the keys, then writes all that the plan says, and the record of it. Gives the whole plan. `beforeStep` as of `applyPlan`. */
export async function writeFiles<K, P extends { readonly plan: Plan }>(live: LiveSetup, draft: Writable<K, P>, beforeStep: StepHook = () => Promise.resolve()): Promise<P> {
  const { config } = draft.installation
  const { signal } = live.controller
  live.begin('keys')
  // Whoever cancels does not wait for keys that nobody will use.
  signal.addEventListener('abort', () => draft.keys.cancel(), { once: true })
  const keys = await draft.keys.ready
  signal.throwIfAborted()
  const made = await draft.complete(keys)
  live.begin('files')
  await rememberBeforeStart(draft.installation)
  await applyPlan(made.plan, { config, owner: ownerOfConfig(draft.installation), signal, beforeStep })
  await beforeStep('write the record')
  await writeRecord(config, newRecord(live, draft, made.plan))
  live.end('files')
  return made
}

/** The CA of a plan, and how its node is called. */
export function calledBy({ caPem, caPath, caFingerprint }: { readonly caPem: string; readonly caPath: string; readonly caFingerprint: string }): HandedOver {
  return { ca: { path: caPath, fingerprint: caFingerprint }, tls: { caPem } }
}

/** Starts the node of a configured home and proves it with `password` (null: only that it answers). `joins`: as of `startNode`. */
export async function startAndProve(live: LiveSetup, installation: Installation, password: Secret | null, keystorePassword: Secret | null, { joins = false } = {}): Promise<void> {
  const { signal } = live.controller
  live.update({ stage: 'starting' })
  const started = await startNode({
    installation,
    joins,
    ...(keystorePassword === null ? {} : { keystorePassword }),
    signal,
    onPhase: (id) => live.begin(id),
    onLog: (lines, dropped) => live.add(lines, dropped),
    onExplained: (line) => live.explain(line),
  })
  try {
    live.update({ node: started.node, stage: 'proving' })
    if (started.node.httpPort !== null) live.boundTo(started.node.httpPort)
    await prove(live, password, signal, () => started.died())
  } finally {
    void started.letGo()
  }
}

/**
 * Ends a set-up that failed or was cancelled, in stage `failed` or `cancelled`, once `takeBack` has put back what was begun. Where that fails it is `failed` either way: nobody is to read
 * that all is as before.
 */
export async function endInFailure(live: LiveSetup, installation: Installation, thrown: unknown, takeBack: (installation: Installation, cancelled: boolean) => Promise<string>): Promise<void> {
  const problem = asProblem(thrown, live.controller.signal)
  const cancelled = problem.code === 'cancelled'
  live.update({ phases: failPhase(live.state.phases, Date.now()), ...(cancelled ? { stage: 'cancelling' } : {}) })
  const end = await takeBack(installation, cancelled).then(
    (sentence) => ({ problem: tellProblem(onceStopped(problem)), putBack: sentence, stage: cancelled ? 'cancelled' : 'failed', node: null }) as const,
    (failure: unknown) => ({ problem: tellProblem(failure), putBack: `${cancelled ? 'It was being cancelled.' : `It was being put back, since this had failed: ${problem.message}`} ${stillThere}`, stage: 'failed' }) as const,
  )
  await live.unlock()
  live.update(end)
}

const stillThere = 'What was begun is still there, and can be taken up again or undone.'
