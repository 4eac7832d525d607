import type { ClientSnippet, Trust } from '../contract/clients.ts'
import { byFingerprint, fingerprintNeeds, loginNotes } from './beats.ts'
import { caFile } from './ca-file.ts'
import type { ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { download, otherSystems } from './download.ts'
import { outputSettings } from './output-settings.ts'

/** Fleet Server, and the agents that Fleet manages: nothing is to be done for them. */
export const fleetNeedsNothing =
  'Fleet Server and the agents that Fleet manages need nothing: Kibana got the address and the CA fingerprint of this cluster when it was enrolled, and passes both on to them. Only standalone agents are connected by hand.'

export function agent(node: ClientNode): ClientSnippet {
  return {
    title: 'Elastic Agent (standalone)',
    installs: usualSteps.installs,
    install: download('beats/elastic-agent', 'elastic-agent', node.version),
    file: 'elastic-agent.yml',
    place: 'In the folder of the agent (installed: /opt/Elastic/Agent, on Windows C:/Program Files/Elastic/Agent).',
    run: './elastic-agent run -e',
    language: 'yaml',
    trust: 'fingerprint',
    code: settings(node, 'fingerprint'),
    outcome: 'It runs until you stop it. In another terminal, "elastic-agent status" shows whether it is connected.',
    checks: byFingerprint,
    needs: fingerprintNeeds,
    other: {
      trust: 'ca',
      code: settings(node, 'ca'),
      checks: 'The whole chain up to this CA, and that the certificate names the host.',
      needs: caFile(node),
    },
    proved: 'part',
    notes: [fleetNeedsNothing, otherSystems('elastic-agent'), ...loginNotes],
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
