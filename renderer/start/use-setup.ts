import { useEffect, useReducer } from 'react'
import type { SetupEvent, SetupState } from '../../shared/contract/setup.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { type Engine, useEngine } from '../connection/engine.ts'
import { connectionLost, problemOf } from '../connection/problem-of.ts'
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
  const engine = useEngine()
  const [watched, tell] = useReducer(reduce, nothing)
  useEffect(() => {
    const controller = new AbortController()
    void follow(engine, setupId, controller.signal, tell)
    return () => controller.abort()
  }, [engine, setupId])
  return watched
}

async function follow(engine: Engine, setupId: string, signal: AbortSignal, tell: (step: Step) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      const stream = await engine.setup.watch({ setupId }, { signal })
      tell({ type: 'begin' })
      for await (const event of stream) {
        if (signal.aborted) return
        tell(event)
      }
      return
    } catch (thrown) {
      const problem = problemOf(thrown, signal)
      if (problem === null) return
      if (problem !== connectionLost) return tell({ type: 'problem', problem })
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  }
}
