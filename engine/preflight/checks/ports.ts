import { blocks, passed, type Rule } from '../check.ts'

/** A named port must be free; an unnamed one moves on to the next (HttpTransportSettings: 9200-9300). */
export const portsRule: Rule = {
  id: 'ports',
  title: 'Ports',
  run: ({ installation: { ports } }) => {
    if (ports.httpNamed && ports.transportNamed && ports.http === ports.transport) {
      return blocks(`http.port and transport.port are both ${ports.http}.`, 'Give them different ports in elasticsearch.yml.', 'equal_ports')
    }
    if (ports.httpNamed && ports.httpTaken) return taken(ports.http, 'http.port')
    if (ports.transportNamed && ports.transportTaken) return taken(ports.transport, 'transport.port')
    const moved = [ports.httpTaken ? ports.http : null, ports.transportTaken ? ports.transport : null].filter((port) => port !== null)
    return passed(
      moved.length === 0
        ? `Ports ${ports.http} (HTTP) and ${ports.transport} (transport) are free.`
        : `${moved.length === 1 ? 'Port' : 'Ports'} ${moved.join(' and ')} ${moved.length === 1 ? 'is' : 'are'} taken; the next free one will be used.`,
    )
  },
}

function taken(port: number, setting: string) {
  return blocks(`Port ${port}, which ${setting} names, is taken by another program.`, `Stop that program, or let ${setting} name another port.`, 'port_taken')
}
