import type { PlanKind } from './plan.ts'
import { rollBack } from './roll-back.ts'
import { leftPlan } from './settled.ts'

/** Puts back a plan that a process died over where it is of this kind, and says whether it was. The caller holds the lock of the home. */
export async function putBackLeft(config: string, kind: PlanKind): Promise<boolean> {
  const left = (await leftPlan(config)) === kind
  if (left) await rollBack(config)
  return left
}
