import { problem } from '../../shared/problems/problem.ts'

/** The minor of 8 from which a node of 9 can stand beside it (Version.minimumCompatibilityVersion): 9.4.3 says 8.19.0 itself. */
const leastMinorOf8 = (minorOf9: number): number => (minorOf9 === 0 ? 18 : 19)

/**
 * A node joins a cluster of its own major that is not newer than itself, or one of the major before that is ready to be upgraded (JoinValidationService,
 * NodeJoinExecutor). Problem: `join_versions`.
 */
export function refuseVersions(own: string, others: readonly string[]): void {
  const oldest = others.toSorted(compareVersions)[0]
  if (oldest === undefined) return
  const [node, cluster] = [numbers(own), numbers(oldest)]
  const sameMajor = node[0] === cluster[0]
  const upgrading = node[0] === 9 && cluster[0] === 8 && (cluster[1] ?? 0) >= leastMinorOf8(node[1] ?? 0)
  if ((sameMajor && compareVersions(own, oldest) >= 0) || upgrading) return
  throw problem('join_versions', { node: own, cluster: oldest })
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  for (const at of [0, 1, 2]) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}
