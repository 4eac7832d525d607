import { isPlanLeft, removePlanLeft } from '../plan/left-plan.ts'

/** The title of the plan that opens transport: by it its journal is known. */
export const openingTitle = 'Let nodes of other machines in'

/** Whether a process died while it was opening transport, before the node had proved itself. Touches nothing. */
export function isOpeningLeft(config: string): Promise<boolean> {
  return isPlanLeft(config, openingTitle)
}

/** Puts back what such a process had written: nobody knows whether a node starts with it. With the lock of the home held. */
export function removeOpeningLeft(config: string): Promise<boolean> {
  return removePlanLeft(config, openingTitle)
}
