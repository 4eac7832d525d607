import { bindHostsOf } from '../../network/layer-hosts.ts'
import { onlyThisMachine } from '../../network/url-host.ts'
import { onSettings, passed, warns, type Finding, type Rule } from '../check.ts'

const onOtherSystems: Partial<Record<NodeJS.Platform, Finding>> = {
  win32: warns(
    'Elasticsearch listens for other machines too, and the first time Windows may ask whether its firewall shall let Java through.',
    'Allow it for private networks where other machines are to connect. On this machine the node works either way, also where you cancel.',
  ),
  darwin: warns(
    'Elasticsearch listens for other machines too, and macOS may ask whether “java” may accept connections, where its firewall is on.',
    'Allow it where other machines are to connect. On this machine the node works either way, also where you refuse.',
  ),
}

/** Windows and macOS ask the person when a program listens for other machines: foretold, so that nobody takes it for an attack. A first node binds to every address where nothing else is set. */
const rule = onSettings('firewall', 'Firewall', (settings, { platform }) => {
  const hosts = bindHostsOf(settings, 'http')
  if (hosts.length > 0 && onlyThisMachine(hosts.join(','))) return passed('The node listens to this machine alone: no firewall will ask.')
  return onOtherSystems[platform] ?? passed('The system does not ask when a program listens.')
})

export const firewallRule: Rule = { ...rule, run: (context) => (onOtherSystems[context.platform] === undefined ? null : rule.run(context)) }
