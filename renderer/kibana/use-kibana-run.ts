import { useEffect, useReducer } from 'react'
import type { KibanaEvent, KibanaRun } from '../../shared/contract/kibana.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { useConnection } from '../connection/engine.ts'
import { followStream } from '../connection/follow-stream.ts'
import { addLines, emptyLog, type KeptLog } from '../start/kept-log.ts'

export interface WatchedKibana {
  readonly state: KibanaRun | null
  readonly log: KeptLog
  readonly problem: ProblemView | null
  /** somebody enrolled it while it was watched */
  readonly enrolled: boolean
}

type Step = { type: 'begin' } | { type: 'problem'; problem: ProblemView } | KibanaEvent

const nothing: WatchedKibana = { state: null, log: emptyLog, problem: null, enrolled: false }

function reduce(watched: WatchedKibana, step: Step): WatchedKibana {
  // The host tells everything from the beginning, so what is shown stays until it does.
  if (step.type === 'begin') return { ...watched, log: emptyLog, problem: null }
  if (step.type === 'problem') return { ...watched, problem: step.problem }
  if (step.type === 'state') return { ...watched, state: step.state, enrolled: watched.enrolled || step.state.stage === 'enrolled' }
  return { ...watched, log: addLines(watched.log, step) }
}

/** A start of Kibana as it goes on: its state and its log. A broken connection is bridged; Kibana does not notice. */
export function useKibanaRun(runId: string): WatchedKibana {
  const connection = useConnection()
  const [watched, tell] = useReducer(reduce, nothing)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    void followStream(connection, signal, (engine) => engine.kibana.watch({ runId }, { signal }), {
      onBegin: () => tell({ type: 'begin' }),
      onEvent: tell,
      onProblem: (problem) => tell({ type: 'problem', problem }),
    })
    return () => controller.abort()
  }, [connection, runId])
  return watched
}
