import { MiB } from '../../shared/sizes.ts'
import { lastInLog } from './log-backwards.ts'
import type { LogEvent } from './log-event.ts'

/** A node that runs for months has its start far back in its log. */
const lookedBackBytes = 16 * MiB

/**
 * The port that HTTP was bound to, where this event tells it (AbstractHttpServerTransport); else null. Of a range each address takes the first port that
 * is free on it, so there may be several: then it is the one of the address that is published, unless that port is one of somebody else (`http.publish_port`).
 */
export function httpPortIn({ logger, message }: LogEvent): number | null {
  if (logger !== 'AbstractHttpServerTransport') return null
  const [, published, bound] = /^publish_address \{[^}]*:(\d{1,5})\}, bound_addresses (.*)$/.exec(message) ?? []
  const ports = [...(bound ?? '').matchAll(/:(\d{1,5})\}/g)].map((match) => Number(match[1]))
  return ports.find((port) => port === Number(published)) ?? ports[0] ?? null
}

/** The port that the node bound HTTP to at its start, `since` ms since 1970 (null: its last one), as its log says; null where that does not. */
export function httpPortInLog(path: string, since: number | null): Promise<number | null> {
  // What was started on a second is told in whole ones.
  return lastInLog(path, (event) => (since !== null && event.at < since - 1000 ? null : httpPortIn(event)), lookedBackBytes)
}
