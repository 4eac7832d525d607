import type { PhaseId } from '../../shared/contract/setup.ts'
import type { LogEvent } from './log-event.ts'

/**
 * The phase that begins with this event of the log, in the words of 8.16.6 and 9.4.3 (org.elasticsearch.node.Node,
 * TransportService, x-pack Security); null where none does. A phase ends where the next one begins.
 */
export function phaseBegunBy({ logger, message }: LogEvent): PhaseId | null {
  if (message.startsWith('version[') && (logger === 'Node' || logger === 'Elasticsearch')) return 'modules'
  if (logger === 'Security' && message === 'Security is enabled') return 'tls'
  if (logger === 'Node' && message === 'starting ...') return 'listening'
  if (logger === 'TransportService' && message.startsWith('publish_address')) return 'elected'
  if (logger === 'Node' && message.startsWith('started ')) return 'security-index'
  if (logger === 'AllocationService' && message.includes('[.security-') && /Cluster health status changed from/.test(message)) return 'answering'
  return null
}

/** Tells each phase once, and never one that stands before the one that runs. Times are ms since 1970. */
export class PhaseClock {
  static readonly order: readonly PhaseId[] = ['jvm', 'modules', 'tls', 'listening', 'elected', 'security-index', 'answering']
  readonly #begun: { id: PhaseId; at: number }[] = []
  readonly #tell: (id: PhaseId, at: number) => void

  constructor(tell: (id: PhaseId, at: number) => void) {
    this.#tell = tell
  }

  begin(id: PhaseId, at: number): void {
    const running = this.#begun.at(-1)
    if (running !== undefined && PhaseClock.order.indexOf(id) <= PhaseClock.order.indexOf(running.id)) return
    const begun = { id, at: Math.max(at, running?.at ?? at) }
    this.#begun.push(begun)
    this.#tell(id, begun.at)
  }

  see(event: LogEvent): void {
    const id = phaseBegunBy(event)
    if (id !== null) this.begin(id, event.at)
  }

  /** ms each phase took until the next one began; the last one until `now`. */
  timings(now: number): Partial<Record<PhaseId, number>> {
    return Object.fromEntries(this.#begun.map(({ id, at }, index) => [id, (this.#begun[index + 1]?.at ?? now) - at]))
  }
}
