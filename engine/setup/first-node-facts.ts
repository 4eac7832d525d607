import type { Installation } from '../../shared/contract/installation.ts'
import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { checkHeap, defaultHeap } from '../node/heap.ts'
import { addressesOfLayer, listenedOn } from '../installation/ports.ts'
import { bareHost } from '../network/ip-address.ts'
import { nodeHostName } from '../node/launch-environment.ts'
import { choosePorts } from '../node/ports.ts'
import { settingText, type Settings } from '../preflight/settings.ts'
import { describeAccount } from '../installation/accounts.ts'
import { bindHostsOf } from '../network/layer-hosts.ts'
import { urlHost } from '../network/url-host.ts'

const anyAddress = '0.0.0.0'

/**
 * The first node as it will be: what the person answered, else what `elasticsearch.yml` says, else the defaults of the
 * seeds. Problems: `port_taken`, `equal_ports`, `bad_heap`, `bad_input`.
 */
export async function firstNodeFacts(installation: Installation, settings: Settings, answers: SetupAnswers, env: NodeJS.ProcessEnv = process.env): Promise<SetupFacts> {
  const httpHost = answers.httpHost ?? named(bindHostsOf(settings, 'http')) ?? anyAddress
  if (httpHost.trim() === '') throw problem('bad_input', { what: 'The address to listen on is empty.', want: 'Give an address of this machine, _local_ or 0.0.0.0.' })
  const on = { http: listenedOn(httpHost.split(',').map(bareHost)), transport: addressesOfLayer(settings, 'transport') }
  const ports = await choosePorts(installation, { http: answers.httpPort, transport: answers.transportPort }, on)
  if (answers.heap !== undefined) checkHeap(answers.heap, installation.memory.totalBytes)
  return {
    nodeName: answers.nodeName ?? settingText(settings, 'node.name') ?? nodeHostName(installation.layout === 'package' ? {} : env),
    clusterName: answers.clusterName ?? settingText(settings, 'cluster.name') ?? 'elasticsearch',
    httpPort: ports.http,
    transportPort: ports.transport,
    portNotes: [...ports.notes],
    heap: answers.heap ?? defaultHeap(installation),
    httpHost,
    san: answers.san ?? [],
    url: `https://${urlHost(httpHost)}:${ports.http}`,
    runAs: installation.runAs === null ? null : describeAccount(installation.runAs),
    passwordChosen: answers.elasticPassword !== undefined,
  }
}

/** What transport binds to, addresses divided by commas; a first node opens it to nobody else by itself (seeds). */
export function transportHostIn(settings: Settings): string {
  return named(bindHostsOf(settings, 'transport')) ?? '_local_'
}

function named(hosts: readonly string[]): string | null {
  return hosts.length === 0 ? null : hosts.join(',')
}
