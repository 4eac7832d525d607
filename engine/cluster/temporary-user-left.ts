import { Problem } from '../../shared/problems/problem.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { leftPlan } from '../plan/settled.ts'

/**
 * Removes a temporary user whose process died before it could, for callers that do not hold the lock of the home: it is taken only where a user was left. Where another Firstnode
 * has it, that user may be its own, at work right now: it removes what it finds.
 */
export async function removeLeftUser(config: string): Promise<void> {
  if ((await leftPlan(config).catch(() => null)) !== 'temporary-user') return
  await withHomeLocked(config, () => putBackLeft(config, 'temporary-user')).catch((thrown: unknown) => {
    if (!(thrown instanceof Problem) || thrown.code !== 'busy') throw thrown
  })
}
