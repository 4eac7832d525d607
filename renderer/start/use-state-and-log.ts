import { useEffect, useEffectEvent, useReducer } from 'react'
import type { LogLine } from '../../shared/contract/setup.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { type Engine, useConnection } from '../connection/engine.ts'
import { followStream } from '../connection/follow-stream.ts'
import { addLines, emptyLog, type KeptLog } from './kept-log.ts'

/** What the host tells of something that goes on. */
type Told<S> = { readonly type: 'state'; readonly state: S } | { readonly type: 'log'; readonly lines: LogLine[]; readonly dropped: number }

export interface Watched<S> {
  readonly state: S | null
  readonly log: KeptLog
  readonly problem: ProblemView | null
}

type Step<S> = { readonly type: 'begin' } | { readonly type: 'problem'; readonly problem: ProblemView } | Told<S>

function reduce<S>(watched: Watched<S>, step: Step<S>): Watched<S> {
  // The host tells everything from the beginning, so what is shown stays until it does.
  if (step.type === 'begin') return { ...watched, log: emptyLog, problem: null }
  if (step.type === 'problem') return { ...watched, problem: step.problem }
  if (step.type === 'state') return { ...watched, state: step.state }
  return { ...watched, log: addLines(watched.log, step) }
}

/** Something as it goes on, `id` by name: its state and its log. A broken connection is bridged; the work does not notice. `onState` hears of each state. */
export function useStateAndLog<S>(id: string, watch: (engine: Engine, id: string, signal: AbortSignal) => Promise<AsyncIterable<Told<S>>>, onState: (state: S) => void = () => undefined): Watched<S> {
  const connection = useConnection()
  const [watched, tell] = useReducer<Watched<S>, [Step<S>]>(reduce, { state: null, log: emptyLog, problem: null })
  const open = useEffectEvent(watch)
  const hear = useEffectEvent((event: Told<S>) => {
    tell(event)
    if (event.type === 'state') onState(event.state)
  })
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    void followStream(connection, signal, (engine) => open(engine, id, signal), {
      onBegin: () => tell({ type: 'begin' }),
      onEvent: (event) => hear(event),
      onProblem: (problem) => tell({ type: 'problem', problem }),
    })
    return () => controller.abort()
  }, [connection, id])
  return watched
}
