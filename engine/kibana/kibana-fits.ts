import { problem } from '../../shared/problems/problem.ts'

/**
 * Refuses a Kibana that would refuse this cluster: another major, or a newer minor than the cluster's. A cluster that is newer within its major is fine.
 * Problem: `kibana_version_apart`.
 */
export function refuseVersionApart(kibana: string, cluster: string): void {
  const [ofKibana, ofCluster] = [numbersOf(kibana), numbersOf(cluster)]
  if (ofKibana.major !== ofCluster.major || ofKibana.minor > ofCluster.minor) throw problem('kibana_version_apart', { kibana, cluster })
}

/** The same where only the major of the cluster is known (null: not even that). */
export function refuseMajorApart(kibana: string, major: number | null): void {
  if (major !== null && numbersOf(kibana).major !== major) throw problem('kibana_version_apart', { kibana, cluster: String(major) })
}

function numbersOf(version: string): { major: number; minor: number } {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return { major: Number(major), minor: Number(minor) }
}
