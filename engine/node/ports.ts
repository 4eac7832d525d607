import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { isPortTaken, overlap } from '../installation/ports.ts'

/** As many as Elasticsearch itself tries after 9200 and 9300. */
const tries = 100

export interface ChosenPorts {
  readonly http: number
  readonly transport: number
  /** a sentence for each port that is not the one a person would expect */
  readonly notes: readonly string[]
}

type Layer = 'http' | 'transport'

/** `addresses`: where it is looked for; absent for all. */
type IsTaken = (port: number, addresses?: readonly string[]) => Promise<boolean>

/** The addresses that each layer will listen on. */
export interface ListenedOn {
  readonly http: readonly string[]
  readonly transport: readonly string[]
}

/**
 * The two ports of a node: the answered ones, else those that elasticsearch.yml names (0: the system chooses at the start), else
 * the next free ones from Elasticsearch's defaults on. Problems: `bad_port`, `equal_ports`, `port_taken` (for a named one), `no_free_port`.
 */
export async function choosePorts(
  { ports }: Pick<Installation, 'ports'>,
  answers: { http?: number | undefined; transport?: number | undefined },
  on?: ListenedOn,
  isTaken: IsTaken = isPortTaken,
): Promise<ChosenPorts> {
  for (const port of [answers.http, answers.transport]) if (port !== undefined) checkPort(port)
  const named = {
    http: answers.http ?? (ports.httpNamed ? ports.http : null),
    transport: answers.transport ?? (ports.transportNamed ? ports.transport : null),
  }
  const apart = on !== undefined && !overlap(on.http, on.transport)
  if (named.http !== null && named.http !== 0 && named.http === named.transport && !apart) throw problem('equal_ports', { port: named.http })
  // What the settings name was looked at with them: of several ports each address may take another one.
  const isHttpTaken: IsTaken = answers.http === undefined && ports.httpNamed ? () => Promise.resolve(ports.httpTaken) : (port) => isTaken(port, on?.http)
  const isTransportTaken: IsTaken =
    answers.transport === undefined && ports.transportNamed ? () => Promise.resolve(ports.transportTaken) : (port) => isTaken(port, on?.transport)
  const http = await chooseOne('http', named.http, ports.http, apart ? null : named.transport, isHttpTaken)
  const transport = await chooseOne('transport', named.transport, ports.transport, apart ? null : http.port, isTransportTaken)
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
  if (named === 0) return { port: 0, notes: [`The system chooses the port for ${label} when the node starts.`] }
  if (named !== null) {
    if (await isTaken(named)) throw problem('port_taken', { ports: String(named), layer: label, setting: null })
    return { port: named, notes: [] }
  }
  for (let port = usual; port < usual + tries && port <= 65_535; port += 1) {
    if (port === not || (await isTaken(port))) continue
    if (port === usual) return { port, notes: [] }
    return { port, notes: [`Port ${usual} is in use, so ${label} will use ${port}, the next free one.`] }
  }
  throw problem('no_free_port', { from: usual, layer: label })
}
