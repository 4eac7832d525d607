import type { ProblemView } from '../../shared/contract/target.ts'
import type { Connection, Engine } from './engine.ts'
import { connectionLost, problemOf } from './problem-of.ts'
import { untilOpen } from './standing.ts'

export interface Reader<T> {
  /** The stream tells everything from its beginning from now on: the first time, and after each time the connection broke. */
  readonly onBegin?: () => void
  readonly onEvent: (event: T) => void
  readonly onProblem: (problem: ProblemView) => void
}

/** Reads a stream of the engine to its end or until `signal` aborts. Where the connection breaks it waits until there is one again and reads the stream anew. */
export async function followStream<T>(
  connection: Connection,
  signal: AbortSignal,
  open: (engine: Engine) => Promise<AsyncIterable<T>>,
  { onBegin = () => undefined, onEvent, onProblem }: Reader<T>,
): Promise<void> {
  for (;;) {
    try {
      const stream = await open(connection.engine)
      if (signal.aborted) return
      onBegin()
      for await (const event of stream) {
        if (signal.aborted) return
        onEvent(event)
      }
      return
    } catch (thrown) {
      const problem = problemOf(thrown, signal)
      if (problem === null) return
      if (problem !== connectionLost) return onProblem(problem)
      await untilOpen(connection, signal)
      if (signal.aborted) return
    }
  }
}
