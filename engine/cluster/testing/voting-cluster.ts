import { problem } from '../../../shared/problems/problem.ts'
import type { Cluster, ClusterRequest } from '../client.ts'
import type { Exclusion } from '../members.ts'
import { nextConfig } from '../voting.ts'

interface Played {
  readonly name: string
  up: boolean
  readonly roles: readonly string[]
}

/**
 * A cluster that is played: who votes in it is decided after each change, as a master does (Reconfigurator). Node `a` has the IP address 192.0.2.1, and so on. What real
 * ones do: test/integration/enroll/votes.long.test.ts.
 */
export class VotingCluster {
  readonly nodes = new Map<string, Played>()
  exclusions: Exclusion[] = []
  config: string[] = []
  /** what changed something, in order: METHOD words */
  readonly changes: string[] = []
  /** indices that have a copy on this node alone */
  onlyOn: { readonly node: string; readonly index: string } | null = null
  /** asked before each request is answered */
  before: (request: ClusterRequest, over: string) => void = () => undefined
  readonly opened: string[] = []

  constructor(...ids: readonly string[]) {
    for (const id of ids) this.join(id)
  }

  join(id: string, roles: readonly string[] = ['master', 'data']): void {
    this.nodes.set(id, { name: `node-${id}`, up: true, roles })
    this.#shareVotes()
  }

  /** The process of the node ends. */
  stop(id: string): void {
    const node = this.nodes.get(id)
    if (node !== undefined) node.up = false
    this.#shareVotes()
  }

  start(id: string): void {
    const node = this.nodes.get(id)
    if (node !== undefined) node.up = true
    this.#shareVotes()
  }

  get master(): string | null {
    const votes = this.config.filter((id) => this.nodes.get(id)?.up)
    return votes.length * 2 > this.config.length ? (votes.find((id) => !this.#excluded().includes(id)) ?? votes[0] ?? null) : null
  }

  /** A connection to one node of it. */
  over(id: string): Cluster {
    return {
      url: `https://${id}:9200`,
      caPem: 'PEM',
      user: null,
      request: (request, signal) => Promise.resolve().then(() => this.#answer(id, request, signal)),
      close: () => Promise.resolve(),
    }
  }

  /** As `connect`: by the address that the node publishes. */
  open = ({ url }: { readonly url: string }): Promise<Cluster> => {
    const id = String.fromCodePoint(96 + Number(/192\.0\.2\.(\d+)/.exec(url)?.[1] ?? 0))
    this.opened.push(id)
    return Promise.resolve(this.over(id))
  }

  #answer(over: string, request: ClusterRequest, signal?: AbortSignal): unknown {
    if (signal?.aborted) throw problem('cancelled', {})
    this.before(request, over)
    if (this.nodes.get(over)?.up !== true) throw problem('unreachable', { url: over, why: 'ECONNREFUSED' })
    const { method, path, query = {} } = request
    if (method !== 'GET' && path.includes('exclusions')) this.changes.push(`${method} ${String(query.node_ids ?? query.node_names ?? 'all')}`)
    const answers: Record<string, () => unknown> = {
      'GET /_nodes/_local/http': () => ({ nodes: { [over]: {} } }),
      'GET /_nodes/http': () => ({ nodes: Object.fromEntries(this.#up().map((id) => [id, { http: this.#http(id) }])) }),
      'GET /_security/_authenticate': () => ({ username: 'x' }),
      'GET /_cluster/settings': () => ({}),
      'POST /_security/api_key': () => ({ id: 'key', encoded: 'secret' }),
      'DELETE /_security/api_key': () => ({}),
      'GET /_cluster/state/routing_nodes,nodes': () => ({ routing_nodes: { nodes: this.#shards() } }),
      'GET /_cluster/state/master_node,nodes,metadata': () => this.#state(),
      'POST /_cluster/voting_config_exclusions': () => this.#exclude(query),
      'DELETE /_cluster/voting_config_exclusions': () => {
        this.exclusions = []
        this.#shareVotes()
        return ''
      },
    }
    const answer = answers[`${method} ${path}`]
    if (answer === undefined) throw new Error(`not played: ${method} ${path}`)
    return answer()
  }

  #state(): unknown {
    if (this.master === null) throw problem('cluster_unhealthy', { why: 'master_not_discovered_exception' })
    const nodes = Object.fromEntries(this.#up().map((id) => [id, { name: this.nodes.get(id)?.name, roles: this.nodes.get(id)?.roles }]))
    return { master_node: this.master, nodes, metadata: { cluster_coordination: { last_committed_config: this.config, voting_config_exclusions: this.exclusions } } }
  }

  #exclude({ node_ids, node_names }: Readonly<Record<string, string | boolean>>): unknown {
    const ids = typeof node_ids === 'string' ? node_ids.split(',').map((id) => ({ node_id: id, node_name: this.nodes.get(id)?.up ? (this.nodes.get(id)?.name ?? '') : '_absent_' })) : []
    const names = typeof node_names === 'string' ? node_names.split(',').map((name) => ({ node_id: '_absent_', node_name: name })) : []
    const added = [...ids, ...names].filter((one) => !this.exclusions.some(({ node_id, node_name }) => node_id === one.node_id && (node_id !== '_absent_' || node_name === one.node_name)))
    this.exclusions = [...this.exclusions, ...added]
    this.#shareVotes()
    if (this.config.some((id) => ids.some(({ node_id }) => node_id === id))) throw problem('cluster_unhealthy', { why: 'timed out waiting for voting config exclusions to take effect' })
    return ''
  }

  #excluded(): string[] {
    return this.exclusions.map(({ node_id }) => node_id)
  }

  #up(): string[] {
    return [...this.nodes.keys()].filter((id) => this.nodes.get(id)?.up)
  }

  #http(id: string): unknown {
    const address = `192.0.2.${(id.codePointAt(0) ?? 97) - 96}:9200`
    return { bound_address: ['[::]:9200'], publish_address: address }
  }

  #shards(): unknown {
    const { onlyOn } = this
    return onlyOn === null ? {} : { [onlyOn.node]: [{ state: 'STARTED', node: onlyOn.node, index: onlyOn.index, shard: 0 }] }
  }

  #shareVotes(): void {
    for (let last: string | null = null; last !== this.config.join(); ) {
      last = this.config.join()
      const live = this.#up().filter((id) => this.nodes.get(id)?.roles.includes('master'))
      if (this.config.length === 0) this.config = live
      if (this.master === null) return
      this.config = nextConfig({ config: this.config, live, excluded: this.#excluded(), master: this.master, autoShrink: true })
    }
  }
}
