import { setTimeout as pause } from 'node:timers/promises'
import { problem } from '../../shared/problems/problem.ts'
import { endGroup } from '../node/end-group.ts'
import { followFile, type FollowedFile } from '../node/log-follow.ts'
import { tellProblem } from '../setup/tell-problem.ts'
import { kibanaAddress } from './kibana-address.ts'
import { kibanaAnswers } from './kibana-answers.ts'
import { inspectKibana, type KibanaHome } from './kibana-home.ts'
import { fatalLine, kibanaLines, setupLink } from './kibana-log.ts'
import { connectedBy } from './kibana-settings.ts'
import type { LaunchedKibana } from './launch-kibana.ts'
import type { LiveKibana } from './live-kibana.ts'

/** ms between two looks at its log, its process and its answer */
const lookEveryMs = 250
/** The first start of a Kibana makes its indices and its bundles ready: minutes on a slow machine. Waiting for a person has no end. */
const patienceMs = 15 * 60_000

export interface Following {
  readonly kibana: KibanaHome
  readonly launched: LaunchedKibana
  /** files of its log beside what it prints, and how long each was before */
  readonly logs: readonly FollowedFile[]
}

/**
 * Follows a Kibana that was started: its log goes to whoever watches; its stages are seen by its link, by its settings and by its answer. Returns when it answers, or has ended. Where `live` is
 * to end, it is ended; where it is left, it goes on unseen.
 */
export async function followKibana(live: LiveKibana, following: Following): Promise<void> {
  const { launched } = following
  const files = [followFile(launched.printed, 0, null), ...following.logs]
  const [ended, left] = [live.ending.signal, live.leaving.signal]
  const stir = AbortSignal.any([ended, left])
  try {
    let patience = Date.now() + patienceMs
    for (;;) {
      if (ended.aborted) return await stopped(live, launched)
      if (left.aborted) return
      await takeLog(live, files)
      const how = launched.ended()
      if (how !== null) {
        await takeLog(live, files)
        throw problem('kibana_died', { how, line: fatalLine(live.log)?.text ?? null })
      }
      await lookOn(live, following.kibana, files)
      if (live.ended) return
      if (live.state.stage === 'waiting') patience = Date.now() + patienceMs
      else if (Date.now() > patience) throw problem('kibana_silent', { minutes: patienceMs / 60_000, url: live.state.url })
      await pause(lookEveryMs, undefined, { signal: stir }).catch(() => undefined)
    }
  } catch (thrown) {
    live.update({ stage: 'failed', problem: tellProblem(thrown) })
  }
}

async function takeLog(live: LiveKibana, files: readonly FollowedFile[]): Promise<void> {
  for (const file of files) {
    const lines = (await file.read()).flatMap((line) => kibanaLines(line, Date.now()))
    live.add(lines)
    const link = lines.map(({ text }) => setupLink(text)).findLast((one) => one !== null)
    if (link !== undefined && ['starting', 'waiting'].includes(live.state.stage)) live.update({ stage: 'waiting', link })
  }
}

/** What is seen without its log: that somebody enrolled it, and that it answers. */
async function lookOn(live: LiveKibana, kibana: KibanaHome, files: readonly FollowedFile[]): Promise<void> {
  const { stage } = live.state
  if (stage === 'waiting') {
    // Kibana is writing it just now: what is no YAML yet will be at the next look.
    const now = await inspectKibana(kibana).catch(() => null)
    if (now !== null && connectedBy(now.settings) !== null) live.update({ stage: 'enrolled', link: null })
  } else if (await kibanaAnswers(kibanaAddress(kibana.settings))) {
    // What it said until it answered belongs to its start, which ends here.
    await takeLog(live, files)
    live.update({ stage: 'answering' })
  }
}

async function stopped(live: LiveKibana, { pid }: LaunchedKibana): Promise<void> {
  live.update({ stage: 'stopping' })
  await endGroup(pid)
  live.update({ stage: 'stopped', link: null })
}
