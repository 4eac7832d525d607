import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { listed } from '../installation/home-settings.ts'
import { settingText, type Settings } from '../preflight/settings.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { listed as inWords } from '../setup/listed.ts'
import { isEveryAddress } from '../network/loopback.ts'
import type { BindAddresses } from './bind-addresses.ts'

interface Known {
  readonly installation: Installation
  readonly hosts: readonly string[]
  readonly found: BindAddresses
  readonly before: Settings
  readonly running: RunningNode | null
  readonly isThere: boolean
}

/** What opening transport means, a sentence a fact (seeds: "Enroll additional nodes", "Transport settings"). */
export function openingSentences(known: Known): string[] {
  const { hosts, found, before, running, isThere, installation } = known
  if (isThere) return [`Nothing is to be changed: the settings bind transport to ${inWords(hosts)} already.`, ...(running === null ? [] : ['Where it was changed since the node was started, start that again.'])]
  return [
    reachSentence(known),
    ...networkHostSentences(before),
    ...(found.opens
      ? [
          'Elasticsearch takes that for production: its bootstrap checks end a start from then on, where they only warned before.',
          'What nodes say to each other stays encrypted, and who joins must show a certificate of this cluster, which an enrollment token gives.',
        ]
      : []),
    certificateSentence(before),
    running === null
      ? 'The node does not run; it takes this up at its next start.'
      : `The node "${running.name}" (process ${running.pid}) is stopped and started again: for about half a minute no client is answered. If it does not start, all is put back and it is started as it was.`,
    ...(installation.layout === 'package' && running !== null ? ['The system runs it, so systemctl stops and starts it.'] : []),
  ]
}

function reachSentence({ hosts, found, installation }: Known): string {
  const { ports } = installation
  if (!found.opens) return `Transport listens on ${inWords(hosts)} (port ${ports.transport}): only nodes of this machine can join.`
  if (found.addresses.some(isEveryAddress)) return `Transport listens on every address of this machine (port ${ports.transport}), also on those it gets later: nodes of all networks it is in can join.`
  const named = hosts.some((host) => !found.addresses.includes(host)) && found.addresses.length > 0 ? `${inWords(hosts)}, which is ${inWords(found.addresses)} now` : inWords(hosts)
  return `Transport listens on ${named} (port ${ports.transport}): nodes of other machines that reach it there can join.`
}

/** `network.host` stands for both layers; what it binds HTTP to stays. */
function networkHostSentences(before: Settings): string[] {
  const network = [...listed(before, 'network.bind_host'), ...listed(before, 'network.host')]
  if (network.length === 0) return []
  const http = bindHostsOf(before, 'http')
  const own = ['http.host', 'http.bind_host'].some((name) => before.has(name))
  return [
    `network.host binds both layers to ${inWords(network)}; transport.host comes before it, for transport alone.${own ? '' : ` Clients still reach the node on ${inWords(http)}.`}`,
  ]
}

function certificateSentence(before: Settings): string {
  const mode = settingText(before, 'xpack.security.transport.ssl.verification_mode')
  if (mode === 'certificate' || mode === 'none') return 'Certificates stay as they are: nodes know each other by their authority, not by their address, and the one for HTTP names every address this machine had when it was made.'
  return `Certificates stay as they are. The settings verify names as well (verification_mode ${mode ?? 'full'}), so the certificate for transport must name the address that other nodes use.`
}
