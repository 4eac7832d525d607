import type { FoundCluster } from '../../shared/contract/join.ts'
import type { ChangeView, SetupFacts } from '../../shared/contract/setup.ts'
import { listed } from './listed.ts'
import { portWords, summaryOf } from './sentences.ts'

/** A sentence for each fact of a node that joins, as the Review page and `firstnode join` say it. */
export function joinSentences(facts: SetupFacts, from: { version: string; home: string; cluster: FoundCluster; remote: boolean; nameMadeUp: boolean; changes: readonly ChangeView[] }): string[] {
  const { version, home, cluster, remote, nameMadeUp, changes } = from
  const there = cluster.nodes.map(({ name, version: its }) => `"${name}" (${its})`)
  return [
    `Elasticsearch ${version} in ${home} becomes the node "${facts.nodeName}" of the cluster "${facts.clusterName}".`,
    `That cluster answers on ${cluster.url} and has ${there.length === 1 ? 'one node' : `${there.length} nodes`} now: ${listed(there)}.`,
    `The new node will answer on ${facts.url}, with the users, passwords and certificate authority of the cluster.`,
    remote
      ? `Its nodes are on other machines, so transport of this one will be open to the network (transport.host: 0.0.0.0, ${portWords(facts.transportPort)}).`
      : `Nodes talk to each other on this machine only (transport on ${portWords(facts.transportPort)}).`,
    ...(nameMadeUp ? [`Another node has the name of this machine, so this one is called "${facts.nodeName}".`] : []),
    facts.heap === null ? 'Elasticsearch sets its heap size automatically.' : `Its heap will be ${facts.heap}.`,
    ...(facts.runAs === null ? [] : [`It will run as ${facts.runAs}.`]),
    ...facts.portNotes,
    summaryOf(changes),
  ]
}
