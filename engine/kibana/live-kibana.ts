import { randomUUID } from 'node:crypto'
import type { KibanaRun, KibanaTarget } from '../../shared/contract/kibana.ts'
import { StateAndLog } from '../work/state-and-log.ts'

const endStages: readonly KibanaRun['stage'][] = ['answering', 'stopped', 'failed']

/** A start of Kibana, as this process knows it. Pages come and go; it stays. */
export class LiveKibana extends StateAndLog<KibanaRun> {
  /** aborted to end it */
  readonly ending = new AbortController()
  /** aborted to follow it no longer: it goes on by itself */
  readonly leaving = new AbortController()
  /** settles (never rejects) when it answers, failed or was stopped */
  done: Promise<void> = Promise.resolve()

  constructor(target: KibanaTarget, url: string, now: number) {
    super({ runId: randomUUID(), target, stage: 'starting', url, link: null, pid: null, logFile: null, problem: null, startedAt: now }, ({ stage }) => endStages.includes(stage))
  }
}
