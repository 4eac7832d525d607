import type { Connection, Engine } from './engine.ts'
import { connectionLost, problemOf } from './problem-of.ts'
import { untilOpen } from './standing.ts'

/** Says something to the engine that must not be lost: once more after each time the connection broke, until it is answered. Only for what can be said twice. */
export async function untilHeard<T>(connection: Connection, say: (engine: Engine) => Promise<T>): Promise<T> {
  // Heard also where the step that said it is left meanwhile.
  const { signal } = new AbortController()
  for (;;) {
    try {
      return await say(connection.engine)
    } catch (thrown) {
      if (problemOf(thrown) !== connectionLost) throw thrown
      await untilOpen(connection, signal)
    }
  }
}
