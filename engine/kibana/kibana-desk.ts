import { randomUUID } from 'node:crypto'
import type { KibanaDone, KibanaPreview, KibanaRun, KibanaTarget, KibanaUndo, KibanaView } from '../../shared/contract/kibana.ts'
import type { Account } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { mayAccess } from '../installation/access.ts'
import { canOpenBrowser, openInBrowser, openPlainly } from '../system/open-browser.ts'
import { isPortTaken } from '../installation/ports.ts'
import { endGroup } from '../node/end-group.ts'
import { followFile } from '../node/log-follow.ts'
import { unfinishedProblem } from '../plan/unfinished.ts'
import { connectKibana, type ConnectOptions } from './connect-kibana.ts'
import { followKibana } from './follow-kibana.ts'
import { accountToWrite, kibanaAccount } from './kibana-account.ts'
import { kibanaAddress } from './kibana-address.ts'
import { isKibanaUnfinished, previewKibanaUndo, undoKibana, withKibanaLocked } from './kibana-changes.ts'
import { draftKibana, type KibanaDraft } from './kibana-draft.ts'
import { refuseConnected, refuseKeystore, refuseLocked, refuseMissing, refuseUnwritable } from './kibana-guards.ts'
import { inspectKibana, type KibanaHome } from './kibana-home.ts'
import { logFilesOf } from './kibana-log.ts'
import { notesOn, notesOnTokens } from './kibana-notes.ts'
import { doneSentences, undoneSentences } from './kibana-sentences.ts'
import { viewKibana } from './kibana-view.ts'
import { launchKibana, removePrinted, type LaunchedKibana } from './launch-kibana.ts'
import { LiveKibana } from './live-kibana.ts'
import { logLength } from './log-length.ts'

/** The Kibanas of this process: what was previewed for one, and those that were started. One a host. */
export class KibanaDesk {
  readonly #drafts = new Map<string, KibanaDraft>()
  readonly #runs = new Map<string, { readonly live: LiveKibana; readonly launched: LaunchedKibana }>()
  readonly #opened: { remove(): Promise<void> }[] = []
  #closed = false

  /** What is there. Touches nothing. Problems: those of `inspectKibana`. */
  async look(target: KibanaTarget): Promise<KibanaView> {
    return viewKibana(await inspectKibana(target))
  }

  /** Shows what a token will change; nothing is changed yet. An earlier preview of the same Kibana is dropped. Problems: those of `draftKibana`. */
  async preview(target: KibanaTarget, token: Secret, { replace = false, signal }: { readonly replace?: boolean | undefined; readonly signal?: AbortSignal | undefined } = {}): Promise<KibanaPreview> {
    const { draft, preview } = await draftKibana(target, token, { replace, signal: signal ?? new AbortController().signal })
    for (const [id, other] of this.#drafts) if (other.target.home === target.home) this.#drafts.delete(id)
    const planId = randomUUID()
    this.#drafts.set(planId, draft)
    return { planId, ...preview }
  }

  /** Uses the token and writes just what was previewed, or nothing. Problems: `no_such_plan`, those of `connectKibana`. */
  async apply(planId: string, options: ConnectOptions = {}): Promise<KibanaDone> {
    const draft = this.#drafts.get(planId)
    if (draft === undefined) throw problem('no_such_plan', {})
    const { kibana, enrolled, plan, tokensLeft } = await connectKibana(draft, options)
    this.#drafts.delete(planId)
    const { url, clusterName: name, clusterVersion: version, caFingerprint } = enrolled
    return {
      kibana: await this.look(draft.target),
      cluster: { url, name, version, caFingerprint },
      sentences: doneSentences(kibana, enrolled, plan),
      notes: [...notesOn(kibana), ...notesOnTokens(tokensLeft)],
      caFile: plan.caPath,
    }
  }

  /**
   * Starts a Kibana; returns at once, follow with `live(runId).watch`. One that is being started here already is given once more. `interactive`: it is to ask for a token, so it must not be connected.
   * Problems: `unfinished_kibana`, those of `kibanaAccount`, `refuseLocked`, `refuseMissing`, `refuseConnected`, `refuseKeystore`,
   * `launchKibana`, and `kibana_port_taken`.
   */
  async start(target: KibanaTarget, { interactive = false }: { readonly interactive?: boolean | undefined } = {}): Promise<KibanaRun> {
    if (this.#closed) throw problem('cancelled', {})
    const kibana = await inspectKibana(target)
    const underWay = [...this.#runs.values()].find(({ live }) => live.state.target.home === target.home && !live.ended)
    if (underWay !== undefined) return underWay.live.state
    if (await isKibanaUnfinished(kibana)) throw unfinishedProblem('kibana', kibana.home)
    const account = await kibanaAccount(kibana, target.user)
    refuseLocked(kibana)
    refuseMissing(kibana)
    if (interactive) {
      refuseConnected(kibana)
      refuseKeystore(kibana)
      await refuseUnwritable(kibana, account)
    }
    const { port, url } = kibanaAddress(kibana.settings)
    if (await isPortTaken(port)) throw problem('kibana_port_taken', { port, url })
    const logs = await Promise.all((await readableLogs(kibana, account)).map(async (path) => followFile(path, await logLength(path), null)))
    const live = new LiveKibana(target, url, Date.now())
    const launched = await launchKibana(kibana, account)
    live.update({ pid: launched.pid, logFile: launched.printed })
    this.#runs.set(live.state.runId, { live, launched })
    live.done = followKibana(live, { kibana, launched, logs })
    return live.state
  }

  /** Problem: `no_such_kibana_run`. */
  live(runId: string): LiveKibana {
    return this.#run(runId).live
  }

  /** Ends a Kibana that was started here, and waits until it is gone. */
  async stop(runId: string): Promise<KibanaRun> {
    const { live, launched } = this.#run(runId)
    live.ending.abort()
    await live.done
    // One that answers, or was too slow, runs on by itself.
    if (live.state.stage !== 'stopped' && launched.ended() === null) {
      await endGroup(launched.pid)
      live.update({ stage: 'stopped' })
    }
    return live.state
  }

  /** Opens a Kibana that was started here in the person's browser: where it answers, or asks for its token. False where there is none to open. */
  async open(runId: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
    const { url, link } = this.live(runId).state
    if (!canOpenBrowser({ platform: process.platform, env, uid: process.getuid?.() ?? null })) return false
    const onFailure = (): void => undefined
    // The code in a link is for this person alone; other accounts see the command line of a browser.
    if (link === null) openPlainly(url, { onFailure })
    else this.#opened.push(await openInBrowser(link, { life: 60_000, onFailure, name: 'Kibana' }))
    return true
  }

  /** What `undo` would do, in sentences. Problem: `nothing_to_undo_in_kibana`. */
  async previewUndo(target: KibanaTarget): Promise<KibanaUndo> {
    const kibana = await inspectKibana(target, { lenient: true })
    const view = await viewKibana(kibana)
    if (!view.undoable) throw problem('nothing_to_undo_in_kibana', { home: kibana.home })
    return { kibana: view, sentences: undoneSentences(await previewKibanaUndo(kibana), 'will be') }
  }

  /** Takes back what was written for a Kibana; one that was started here is stopped first. Problems: `nothing_to_undo_in_kibana`, `busy`, `put_back_failed`. */
  async undo(target: KibanaTarget): Promise<KibanaUndo> {
    const kibana = await inspectKibana(target, { lenient: true })
    if (!(await viewKibana(kibana)).undoable) throw problem('nothing_to_undo_in_kibana', { home: kibana.home })
    for (const [runId, { live }] of this.#runs) if (live.state.target.home === target.home) await this.stop(runId)
    const put = await withKibanaLocked(kibana, () => undoKibana(kibana))
    await removePrinted(kibana, await accountToWrite(kibana, target.user)).catch(() => undefined)
    const after = await viewKibana(await inspectKibana(target, { lenient: true }))
    return { kibana: after, sentences: undoneSentences(put, 'was') }
  }

  /** Ends with the host. Kibanas go on by themselves, also one that still starts. */
  async close(): Promise<void> {
    this.#closed = true
    for (const { live } of this.#runs.values()) live.leaving.abort()
    await Promise.all([...[...this.#runs.values()].map(({ live }) => live.done), ...this.#opened.map((one) => one.remove())])
  }

  #run(runId: string): { readonly live: LiveKibana; readonly launched: LaunchedKibana } {
    const found = this.#runs.get(runId)
    if (found === undefined) throw problem('no_such_kibana_run', {})
    return found
  }
}

/** Log files that the settings name: root shows only what the account that owns the settings may read itself. */
async function readableLogs({ settings }: KibanaHome, account: Account | null): Promise<string[]> {
  const named = await Promise.all(logFilesOf(settings).map(async (path) => ((await logLength(path)) === 0 || (await mayAccess(path, account, 'r')) ? path : null)))
  return named.filter((path) => path !== null)
}
