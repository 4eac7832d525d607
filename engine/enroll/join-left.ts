import { leftPlanTitle } from '../plan/left-plan.ts'
import type { SetupRecord } from '../plan/record.ts'

/** The title of the plan of a node that joins: by it its journal is known. */
export function joinTitle(nodeName: string, clusterName: string): string {
  return `Let ${nodeName} join ${clusterName}`
}

/** Whether the set-up that a dead process left here was a node that was to join: by its record, or, where it died before there was one, by its plan. Touches nothing. */
export async function isJoinLeft(config: string, record: SetupRecord | null): Promise<boolean> {
  if (record !== null) return record.joining === true && record.stage !== 'handed-over'
  return /^Let .+ join /s.test((await leftPlanTitle(config)) ?? '')
}
