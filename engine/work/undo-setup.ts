import type { NodeTarget } from '../../shared/contract/target.ts'
import { inspect } from '../installation/inspect.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'
import { applyUndo, type UndoSecrets } from '../setup/undo.ts'
import type { AskedWork } from './work-desk.ts'

/**
 * Undoes the set-up of a home: the work ends with what it did. Once the first thing is put back it goes on to its end,
 * whoever cancels. Its problems are those of `applyUndo`, and `wait_for_setup`.
 */
export async function undoing(desk: SetupDesk, target: NodeTarget, secrets: UndoSecrets): Promise<AskedWork> {
  const { home, config } = await inspect(target)
  return {
    what: { what: 'undo', home, config },
    destination: config,
    work: async (told) => {
      await desk.letGo(target)
      return applyUndo(await inspect(target), { ...secrets, ...told })
    },
  }
}
