import { Problem, type ProblemCode } from '../../shared/problems/problem.ts'
import { withHomeLocked } from './lock.ts'
import type { PlanKind } from './plan.ts'
import { rollBack } from './roll-back.ts'
import { leftPlan } from './settled.ts'
import { whatIsThere } from './undo.ts'

/**
 * Puts back a plan that a process died over where it is of this kind, and says whether it was. The caller holds the
 * lock of the home.
 */
export async function putBackLeft(config: string, kind: PlanKind): Promise<boolean> {
  const left = (await leftPlan(config)) === kind
  if (left) await rollBack(config)
  return left
}

/**
 * What `work` gives. Where that ends with `code`, which says that there is nothing to put back, the lock is taken for a
 * moment, which sweeps: a process that was killed before it changed anything, or after it put all of it back, has left
 * its claim of the lock, and nobody else may come for it.
 */
export async function sweptWhere<T>(code: ProblemCode, config: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (thrown) {
    const isNothing = thrown instanceof Problem && thrown.code === code
    if (isNothing && (await whatIsThere(config)) !== 'nothing') await withHomeLocked(config, () => Promise.resolve()).catch(() => undefined)
    throw thrown
  }
}
