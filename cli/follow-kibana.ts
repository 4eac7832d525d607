import type { KibanaRun } from '../shared/contract/kibana.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'
import { ToldError } from './problem-page.ts'
import { printable } from './terminal/text.ts'
import { whenStopped } from './stopping.ts'

/**
 * Follows a Kibana that was started until it answers, telling its log and, where it waits for a token, `onWaiting` once. Ends it when the person stops the command, and throws `cancelled`
 * once it is gone; throws its problem where it failed.
 */
export async function followKibana(engine: Engine, begun: KibanaRun, context: Context, onWaiting: (run: KibanaRun) => Promise<void>): Promise<KibanaRun> {
  const { runId } = begun
  const cancel = (): void => {
    context.tell('Stopping Kibana. What was written stays.')
    // How that ends is told to whoever watches.
    engine.kibana.stop({ runId }).catch(() => undefined)
  }
  const stopListening = whenStopped(context.signal, cancel)
  try {
    let state = begun
    for await (const event of await engine.kibana.watch({ runId })) {
      if (event.type === 'log') {
        for (const { text } of event.lines) context.tell(context.err.dim(printable(text)))
        continue
      }
      const before = state.stage
      state = event.state
      if (state.stage === 'waiting' && before !== 'waiting') await onWaiting(state)
      if (state.stage === 'enrolled' && before !== 'enrolled') context.tell(`${context.err.good(context.err.signs.done)} Kibana is enrolled.`)
    }
    if (state.stage === 'stopped') throw new ToldError({ code: 'cancelled', message: 'Kibana was stopped again. What was written stays.', remedy: 'Start it again whenever it suits.' })
    if (state.problem !== null) throw new ToldError({ ...state.problem, remedy: state.logFile === null ? state.problem.remedy : `${state.problem.remedy} The log: ${state.logFile}` })
    return state
  } finally {
    stopListening()
  }
}
