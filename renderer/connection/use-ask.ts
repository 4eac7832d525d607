import { useEffect, useEffectEvent, useRef, useState } from 'react'
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
  const [round, setRound] = useState(0)
  const [told, setTold] = useState<{ to: string; asked: Asked<T> } | null>(null)
  const question = `${round} ${key}`
  const askNow = useEffectEvent((signal: AbortSignal) => ask(engine, signal))
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const tell = (asked: Asked<T>): void => {
      if (!signal.aborted) setTold({ to: question, asked })
    }
    const refuse = (thrown: unknown): void => {
      const problem = problemOf(thrown, signal)
      if (problem !== null) tell({ state: 'refused', problem })
    }
    askNow(signal).then((answer) => tell({ state: 'answered', answer }), refuse)
    return () => controller.abort()
  }, [question])
  const asked: Asked<T> = told !== null && told.to === question ? told.asked : { state: 'asking' }
  return { ...asked, again: () => setRound((before) => before + 1) }
}

export interface Doing<A extends readonly unknown[]> {
  readonly busy: boolean
  readonly problem: ProblemView | null
  /** Does it; a second press while it is under way is ignored. */
  readonly start: (...args: A) => void
}

/** Something a press begins: knows whether it is under way and how it was refused. */
export function useDo<A extends readonly unknown[]>(work: (engine: Engine, ...args: A) => Promise<void>): Doing<A> {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemView | null>(null)
  const running = useRef(false)
  const run = async (args: A): Promise<void> => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setProblem(null)
    try {
      await work(engine, ...args)
    } catch (thrown) {
      setProblem(problemOf(thrown))
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, problem, start: (...args) => void run(args) }
}
