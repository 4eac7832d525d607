import { useEffect, useReducer } from 'react'
import type { SetupEvent, SetupState } from '../../shared/contract/setup.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { useConnection } from '../connection/engine.ts'
import { followStream } from '../connection/follow-stream.ts'
import { addLines, emptyLog, type KeptLog } from './kept-log.ts'

export interface Watched {
  readonly state: SetupState | null
  readonly log: KeptLog
  readonly problem: ProblemView | null
}

type Step = { type: 'begin' } | { type: 'problem'; problem: ProblemView } | SetupEvent

const nothing: Watched = { state: null, log: emptyLog, problem: null }

function reduce(watched: Watched, step: Step): Watched {
  // The host tells everything from the beginning, so what is shown stays until it does.
  if (step.type === 'begin') return { ...watched, log: emptyLog, problem: null }
  if (step.type === 'problem') return { ...watched, problem: step.problem }
  if (step.type === 'state') return { ...watched, state: step.state }
  return { ...watched, log: addLines(watched.log, step) }
}

/** A set-up as it goes on: its state and its log. A broken connection is bridged; the work does not notice. */
export function useSetup(setupId: string): Watched {
  const connection = useConnection()
  const [watched, tell] = useReducer(reduce, nothing)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    void followStream(connection, signal, (engine) => engine.setup.watch({ setupId }, { signal }), {
      onBegin: () => tell({ type: 'begin' }),
      onEvent: tell,
      onProblem: (problem) => tell({ type: 'problem', problem }),
    })
    return () => controller.abort()
  }, [connection, setupId])
  return watched
}
