/** What decides who votes in a cluster, by node IDs. */
export interface Voting {
  /** `last_committed_config` of the cluster state */
  readonly config: readonly string[]
  /** master-eligible nodes that are up */
  readonly live: readonly string[]
  /** IDs of the nodes that voting configuration exclusions bar */
  readonly excluded: readonly string[]
  readonly master: string | null
  /** `cluster.auto_shrink_voting_configuration` */
  readonly autoShrink: boolean
}

/**
 * The voting configuration that the master chooses (org.elasticsearch.cluster.coordination.Reconfigurator): an odd number of the nodes that are up,
 * its own vote and present voters first. It keeps the present one where the nodes that are up would not be a majority of the new one.
 */
export function nextConfig({ config, live, excluded, master, autoShrink }: Voting): string[] {
  const isUp = (id: string): boolean => live.includes(id)
  const ranked = [...new Set([...live, ...config])]
    .filter((id) => !excluded.includes(id))
    .toSorted((a, b) => Number(isUp(b)) - Number(isUp(a)) || Number(b === master) - Number(a === master) || Number(config.includes(b)) - Number(config.includes(a)) || (a < b ? -1 : 1))
  const up = ranked.filter(isUp).length
  const least = autoShrink ? (config.length < 3 ? 1 : 3) : ranked.filter((id) => config.includes(id)).length
  const next = ranked.slice(0, Math.max(up % 2 === 0 ? up - 1 : up, least))
  return isMajority(next.filter(isUp), next) ? next : [...config]
}

/** Whether `votes` decide in the voting configuration `config`. */
function isMajority(votes: readonly string[], config: readonly string[]): boolean {
  return votes.length * 2 > config.length
}
