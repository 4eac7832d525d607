import { MiB } from '../../shared/sizes.ts'
import { lastInLog } from './log-backwards.ts'
import type { LogEvent } from './log-event.ts'

/** A node that runs for months has its start far back in its log. */
const lookedBackBytes = 16 * MiB

/** What transport is bound to: addresses with their ports, IPv6 in brackets; and the one that other nodes are told. */
export interface BoundTransport {
  readonly bound: readonly string[]
  readonly published: string
}

/** What transport was bound to, where this event tells it (TransportService); else null. */
export function boundTransportIn({ logger, message }: LogEvent): BoundTransport | null {
  if (logger !== 'TransportService') return null
  const [, published, bound] = /^publish_address \{([^}]*)\}, bound_addresses (.*)$/.exec(message) ?? []
  if (published === undefined) return null
  return { published: withoutName(published), bound: [...(bound ?? '').matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '') }
}

/** What the node bound transport to at its start, `since` ms since 1970 (null: its last one), as its log says; null where that does not. */
export function boundTransportInLog(path: string, since: number | null): Promise<BoundTransport | null> {
  // What was started on a second is told in whole ones.
  return lastInLog(path, (event) => (since !== null && event.at < since - 1000 ? null : boundTransportIn(event)), lookedBackBytes)
}

/** The host of an address with a port, without brackets: `[::1]:9300` → `::1`. */
export function hostOfBound(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** A published address may carry the name it was given by: `es1/10.0.0.5:9300`. */
function withoutName(address: string): string {
  return address.slice(address.indexOf('/') + 1)
}
