import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { isPortTaken } from '../installation/ports.ts'

/** As many as Elasticsearch itself tries after 9200 and 9300. */
const tries = 100

export interface ChosenPorts {
  readonly http: number
  readonly transport: number
  /** a sentence for each port that is not the one a person would expect */
  readonly notes: readonly string[]
}

type Layer = 'http' | 'transport'

/**
 * The two ports of a node: the answered ones, else those that elasticsearch.yml names, else the next free ones from
 * Elasticsearch's defaults on. Problems: `bad_port`, `equal_ports`, `port_taken` (for a named one), `no_free_port`.
 */
export async function choosePorts(
  installation: Pick<Installation, 'ports'>,
  answers: { http?: number | undefined; transport?: number | undefined },
  isTaken: (port: number) => Promise<boolean> = isPortTaken,
): Promise<ChosenPorts> {
  const { ports } = installation
  const named = {
    http: answers.http ?? (ports.httpNamed ? ports.http : null),
    transport: answers.transport ?? (ports.transportNamed ? ports.transport : null),
  }
  for (const port of [named.http, named.transport]) if (port !== null) checkPort(port)
  if (named.http !== null && named.http === named.transport) throw problem('equal_ports', { port: named.http })
  const http = await chooseOne('http', named.http, ports.http, named.transport, isTaken)
  const transport = await chooseOne('transport', named.transport, ports.transport, http.port, isTaken)
  return { http: http.port, transport: transport.port, notes: [...http.notes, ...transport.notes] }
}

/** Problem `bad_port` where it is no whole number from 1 to 65535. */
export function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw problem('bad_port', { port: String(port) })
}

async function chooseOne(
  layer: Layer,
  named: number | null,
  usual: number,
  not: number | null,
  isTaken: (port: number) => Promise<boolean>,
): Promise<{ port: number; notes: readonly string[] }> {
  const label = layer === 'http' ? 'HTTP' : 'transport'
  if (named !== null) {
    if (await isTaken(named)) throw problem('port_taken', { port: named, layer: label })
    return { port: named, notes: [] }
  }
  for (let port = usual; port < usual + tries && port <= 65_535; port += 1) {
    if (port === not || (await isTaken(port))) continue
    if (port === usual) return { port, notes: [] }
    return { port, notes: [`Port ${usual} is taken, so ${label} will use ${port}, the next one that is free.`] }
  }
  throw problem('no_free_port', { from: usual, layer: label })
}
