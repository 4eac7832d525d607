import type { WorkState } from '../shared/contract/work.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'
import { ToldError } from './problem-page.ts'
import type { ProgressView } from './terminal/progress.ts'
import { whenStopped } from './stopping.ts'

/**
 * Follows a piece of work to its end, shows it, and gives how it ended. Gives it up when the person stops the command.
 * Throws its problem where it failed, and `cancelled` once nothing half-made is left.
 */
export async function followWork(engine: Engine, begun: WorkState, context: Context, view: ProgressView): Promise<WorkState> {
  const { workId } = begun
  const cancel = (): void => {
    view.note('Cancelling: nothing half-made will be left.')
    // How that ends is told to whoever watches.
    engine.work.cancel({ workId }).catch(() => undefined)
  }
  const stopListening = whenStopped(context.signal, cancel)
  try {
    let state = begun
    for await (const newer of await engine.work.watch({ workId })) {
      state = newer
      if (state.progress !== null) view.work(state.progress)
    }
    // A cancel that came when it was done already changes nothing.
    if (state.problem !== null) throw new ToldError(state.problem)
    return state
  } finally {
    stopListening()
  }
}
