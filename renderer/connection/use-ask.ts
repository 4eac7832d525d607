import { useCallback, useEffect, useRef, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { type Engine, useEngine } from './engine.ts'
import { problemOf } from './problem-of.ts'

export type Asked<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly answer: T }
  | { readonly state: 'refused'; readonly problem: ProblemView }

/** Asks when it is shown and whenever `key` changes; an answer that nobody waits for any more is dropped. `again` asks anew. */
export function useAsk<T>(key: string, ask: (engine: Engine, signal: AbortSignal) => Promise<T>): Asked<T> & { readonly again: () => void } {
  const engine = useEngine()
  const [asked, setAsked] = useState<Asked<T>>({ state: 'asking' })
  const [round, setRound] = useState(0)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const controller = new AbortController()
    setAsked({ state: 'asking' })
    latest.current(engine, controller.signal).then(
      (answer) => {
        if (!controller.signal.aborted) setAsked({ state: 'answered', answer })
      },
      (thrown: unknown) => {
        const problem = problemOf(thrown, controller.signal)
        if (problem !== null) setAsked({ state: 'refused', problem })
      },
    )
    return () => controller.abort()
  }, [engine, key, round])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return { ...asked, again }
}

export interface Doing<A extends readonly unknown[]> {
  readonly busy: boolean
  readonly problem: ProblemView | null
  /** Does it; a second press while it is under way is ignored. */
  readonly start: (...args: A) => void
  readonly clear: () => void
}

/** Something a press begins: knows whether it is under way and how it was refused. */
export function useDo<A extends readonly unknown[]>(work: (engine: Engine, ...args: A) => Promise<void>): Doing<A> {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemView | null>(null)
  const latest = useRef(work)
  latest.current = work
  const running = useRef(false)
  const start = useCallback(
    (...args: A) => {
      if (running.current) return
      running.current = true
      setBusy(true)
      setProblem(null)
      latest
        .current(engine, ...args)
        .catch((thrown: unknown) => setProblem(problemOf(thrown)))
        .finally(() => {
          running.current = false
          setBusy(false)
        })
    },
    [engine],
  )
  const clear = useCallback(() => setProblem(null), [])
  return { busy, problem, start, clear }
}
