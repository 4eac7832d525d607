import { Problem } from '../../shared/problems/problem.ts'
import { isPlanLeft, removePlanLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'

/** The title of the plan that lets one in: by it its journal is known. */
export const temporaryUserTitle = 'Let in a temporary superuser'

/** Whether a process died while its temporary superuser stood in the file realm of this config directory. Touches nothing. */
export function isTemporaryUserLeft(config: string): Promise<boolean> {
  return isPlanLeft(config, temporaryUserTitle)
}

/** Takes away a temporary user whose process died before it could: to be called on every home that is looked after, with its lock held. */
export function removeTemporaryUser(config: string): Promise<boolean> {
  return removePlanLeft(config, temporaryUserTitle)
}

/**
 * The same for who asks in another way, and has no lock: it is taken only where somebody was left. Where another Firstnode has it, that user may be its own, at work right now: it
 * takes away what it finds.
 */
export async function removeLeftUser(config: string): Promise<void> {
  if (!(await isTemporaryUserLeft(config).catch(() => false))) return
  await withHomeLocked(config, () => removeTemporaryUser(config)).catch((thrown: unknown) => {
    if (!(thrown instanceof Problem) || thrown.code !== 'busy') throw thrown
  })
}
