import type { SetupState } from '../shared/contract/setup.ts'
import { ownLevel } from '../shared/start-lines.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'
import { exitOf } from './exit-code.ts'
import { ToldError, toldOf } from './problem-page.ts'
import { printable } from './terminal/text.ts'
import type { ProgressView } from './terminal/progress.ts'
import { whenStopped } from './stopping.ts'

/**
 * Follows a set-up until it is ready, shows it, and gives its last state. Throws its problem when it failed. Cancels it
 * when the person stops the command, and throws `cancelled` once everything is put back.
 */
export async function followSetup(engine: Engine, begun: SetupState, context: Context, view: ProgressView): Promise<SetupState> {
  const { setupId } = begun
  const cancelling: Promise<SetupState>[] = []
  const cancel = (): void => {
    view.note('Cancelling: what was begun is being put back.')
    const ending = engine.setup.cancel({ setupId })
    ending.catch(() => undefined)
    cancelling.push(ending)
  }
  const stopListening = whenStopped(context.signal, cancel)
  try {
    let state = begun
    for await (const event of await engine.setup.watch({ setupId })) {
      if (event.type === 'state') {
        state = event.state
        view.phases(state.phases)
      } else for (const { explains, level, text } of event.lines) if (explains || level === ownLevel) view.note(`${explains ? 'log: ' : ''}${printable(text)}`)
    }
    if (cancelling[0] !== undefined) state = await cancelling[0]
    // A cancel that came when it was ready already changes nothing: then the credentials are there to be handed over.
    if (state.stage === 'cancelled') throw cancelled(state)
    if (state.stage === 'failed') throw failed(state)
    // What was chosen for a port was told with the plan.
    for (const note of state.notes) if (!(state.facts?.portNotes ?? []).includes(note)) view.note(printable(note))
    return state
  } finally {
    stopListening()
  }
}

function cancelled(state: SetupState): ToldError {
  const message = `Cancelled. ${state.putBack ?? 'Everything is as it was before.'}`
  return new ToldError({ code: 'cancelled', message, remedy: 'Begin again whenever it suits.' })
}

function failed(state: SetupState): ToldError {
  const told = state.problem ?? toldOf(new Error('the set-up failed and did not say why'))
  const exit = exitOf(told.code)
  // Where no phase began it is a refusal: there was nothing to put back.
  const begun = state.phases.some((phase) => phase.startedAt !== null)
  const message = state.putBack === null || !begun ? told.message : `${told.message} ${state.putBack}`
  const log = state.node === null ? '' : ` The log: ${state.node.logFile}`
  return new ToldError({ code: told.code, message, remedy: `${told.remedy}${log}` }, begun && (exit === 3 || exit === 6) ? 4 : exit)
}
