import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { type Connection, type Engine, useConnection, useEngine } from './engine.ts'
import { connectionLost, problemOf } from './problem-of.ts'
import { comesBack } from './standing.ts'

export type Asked<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly answer: T }
  | { readonly state: 'refused'; readonly problem: ProblemView }

/** A question that breaks the connection each time must not break it for ever. */
const mostAttempts = 4

/**
 * Asks when it is shown and whenever `key` changes; an answer that nobody waits for any more is dropped. `again` asks anew. Only for
 * what changes nothing: where the connection breaks it is asked once more as soon as there is one.
 */
export function useAsk<T>(key: string, ask: (engine: Engine, signal: AbortSignal) => Promise<T>): Asked<T> & { readonly again: () => void } {
  const connection = useConnection()
  const [round, setRound] = useState(0)
  const [told, setTold] = useState<{ to: string; asked: Asked<T> } | null>(null)
  const question = `${round} ${key}`
  const askNow = useEffectEvent((signal: AbortSignal) => answerTo(connection, signal, (engine) => ask(engine, signal)))
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const tell = (asked: Asked<T> | null): void => {
      if (asked !== null && !signal.aborted) setTold({ to: question, asked })
    }
    void askNow(signal).then(tell)
    return () => controller.abort()
  }, [question])
  const asked: Asked<T> = told !== null && told.to === question ? told.asked : { state: 'asking' }
  return { ...asked, again: () => setRound((before) => before + 1) }
}

/** Null where it was dropped on purpose. */
async function answerTo<T>(connection: Connection, signal: AbortSignal, ask: (engine: Engine) => Promise<T>): Promise<Asked<T> | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { state: 'answered', answer: await ask(connection.engine) }
    } catch (thrown) {
      const problem = problemOf(thrown, signal)
      if (problem === null) return null
      const askAgain = problem === connectionLost && attempt < mostAttempts && (await comesBack(connection, signal))
      if (!askAgain) return signal.aborted ? null : { state: 'refused', problem }
    }
  }
}

export interface Doing<A extends readonly unknown[]> {
  readonly busy: boolean
  readonly problem: ProblemView | null
  /** counts the presses of the page: the higher, the newer the last one; 0 before the first */
  readonly pressed: number
  /** Does it; a second press while it is under way is ignored. */
  readonly start: (...args: A) => void
}

let presses = 0

/** How the newest press of several was refused: what an older one was told is over. */
export function newestProblem(...doings: readonly Pick<Doing<never>, 'problem' | 'pressed'>[]): ProblemView | null {
  return doings.toSorted((a, b) => b.pressed - a.pressed)[0]?.problem ?? null
}

/** Something a press begins: knows whether it is under way and how it was refused. */
export function useDo<A extends readonly unknown[]>(work: (engine: Engine, ...args: A) => Promise<void>): Doing<A> {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemView | null>(null)
  const [pressed, setPressed] = useState(0)
  const running = useRef(false)
  const run = async (args: A): Promise<void> => {
    if (running.current) return
    running.current = true
    presses += 1
    setPressed(presses)
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
  return { busy, problem, pressed, start: (...args) => void run(args) }
}
