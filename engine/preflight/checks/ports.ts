import { problem } from '../../../shared/problems/problem.ts'
import { furtherPortTaken, portSettingOf, readPorts, shareAddress } from '../../installation/ports.ts'
import { blocksWith, onSettings, passed, type Finding } from '../check.ts'
import type { Settings } from '../settings.ts'

/** A named port must be free, of several one; an unnamed one moves on to the next (HttpTransportSettings: 9200-9300). */
export const portsRule = onSettings('ports', 'Ports', async (settings, { installation: { ports } }) => {
  const fault = faultOf(settings, 'http') ?? faultOf(settings, 'transport')
  if (fault !== null) return fault
  const same = ports.http === ports.transport && ports.http !== 0
  if (ports.httpNamed && ports.transportNamed && same && shareAddress(settings)) return blocksWith(problem('equal_ports', { port: ports.http }))
  if (ports.httpNamed && ports.httpTaken) return taken(settings, 'http', ports.http)
  if (ports.transportNamed && ports.transportTaken) return taken(settings, 'transport', ports.transport)
  const further = await furtherPortTaken(settings)
  if (further !== null) return blocksWith(problem('further_port_taken', further))
  const moved = [ports.httpTaken ? ports.http : null, ports.transportTaken ? ports.transport : null].filter((port) => port !== null)
  if (moved.length > 0) {
    return passed(`${moved.length === 1 ? 'Port' : 'Ports'} ${moved.join(' and ')} ${moved.length === 1 ? 'is' : 'are'} in use; the next free one is used.`)
  }
  return passed(`Ports ${spell(ports.http)} (HTTP) and ${spell(ports.transport)} (transport) are free.`)
})

function faultOf(settings: Settings, layer: 'http' | 'transport'): Finding | null {
  const named = portSettingOf(settings, layer)
  const read = named === null ? null : readPorts(named.text)
  if (named === null || read === null || 'ports' in read) return null
  return blocksWith(problem('port_setting_invalid', { setting: named.setting, text: named.text, fault: read.fault }))
}

function taken(settings: Settings, layer: 'http' | 'transport', port: number): Finding {
  const named = portSettingOf(settings, layer)
  return blocksWith(problem('port_taken', { ports: named?.text ?? String(port), layer: layer === 'http' ? 'HTTP' : 'transport', setting: named?.setting ?? null }))
}

function spell(port: number): string {
  return port === 0 ? '0, chosen by the system,' : String(port)
}
