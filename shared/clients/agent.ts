import type { ClientSnippet, Trust } from '../contract/clients.ts'
import { loginNotes } from './beats.ts'
import type { ClientNode } from './client-node.ts'
import { download } from './download.ts'
import { outputSettings } from './output-settings.ts'

/** Fleet Server, and the agents that Fleet manages: nothing is to be done for them. */
export const fleetNeedsNothing =
  'Fleet Server and the agents that Fleet manages need nothing: Kibana was told the address and the CA fingerprint of this cluster when it was enrolled, and hands both on to them. Only an agent that runs standalone is connected by hand.'

export function agent(node: ClientNode): ClientSnippet {
  return {
    title: 'Elastic Agent (standalone)',
    install: download('beats/elastic-agent', 'elastic-agent', node.version),
    file: 'elastic-agent.yml',
    place: 'In the folder of the agent (installed: /opt/Elastic/Agent, on Windows C:/Program Files/Elastic/Agent).',
    run: './elastic-agent run -e',
    language: 'yaml',
    trust: 'fingerprint',
    code: settings(node, 'fingerprint'),
    checks: 'The whole chain up to the CA with this fingerprint, which has to be among the certificates presented, and that the certificate names the host.',
    other: { trust: 'ca', code: settings(node, 'ca'), checks: 'The whole chain up to this CA, and that the certificate names the host.' },
    proved: 'part',
    notes: [fleetNeedsNothing, 'It runs until it is stopped; "elastic-agent status" says whether it is connected.', ...loginNotes],
  }
}

function settings(node: ClientNode, trust: Trust): string {
  return `outputs:
  default:
    type: elasticsearch
${outputSettings(node, trust, '    ')}
inputs:
  - id: system-metrics
    type: system/metrics
    use_output: default
    streams:
      - metricsets: [cpu]
        data_stream.dataset: system.cpu
`
}
