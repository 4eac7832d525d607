import type { SetupState } from '../../shared/contract/setup.ts'
import { useStateAndLog, type Watched } from './use-state-and-log.ts'

/** A set-up as it goes on: its state and its log. */
export function useSetup(setupId: string): Watched<SetupState> {
  return useStateAndLog(setupId, (engine, id, signal) => engine.setup.watch({ setupId: id }, { signal }))
}
