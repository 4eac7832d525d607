import type { ClusterView } from '../../shared/contract/cluster-view.ts'
import type { JoinAnswers, JoinPreview, TokenView } from '../../shared/contract/join.ts'
import type { ChangeView } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { enrollmentTokenLife } from '../../shared/enrollment-token.ts'
import * as answersOf from './scripted-answers.ts'

const fingerprint = '5e83271a57809f26ae5038bd8f35375f9bb65bdb93af78726031190734f2e605'

/** The cluster as it lists its nodes once the new one is in. */
export const joinedCluster: ClusterView = {
  name: 'search',
  uuid: 'Jx8oPv2bQkO4wJ3sVx1mLw',
  health: 'green',
  nodes: [
    { name: 'search-01', address: '192.0.2.10:9200', version: '9.4.3', elected: true },
    { name: 'search-02', address: '192.0.2.11:9200', version: '9.4.3', elected: false },
  ],
}

export function scriptedToken(): TokenView {
  const madeAt = Date.now() - 4 * 60_000
  return { addresses: ['192.0.2.10:9200', '10.0.0.4:9200'], caFingerprint: fingerprint, version: '8.14.0', madeAt, expiresAt: madeAt + enrollmentTokenLife, confirmed: false }
}

/** What differs from a first node: its block finds the others instead of electing itself, and no password is made. */
function joining({ diff, note, ...change }: ChangeView): ChangeView {
  const lines = diff?.flatMap((line): typeof diff => {
    if (line.text.startsWith('cluster.initial_master_nodes')) return [{ kind: 'added', text: 'discovery.seed_hosts: ["192.0.2.10:9300"]', note: 'Where this node finds the others when it starts.' }]
    if (line.text.startsWith('http.host')) return [line, { kind: 'added', text: 'transport.host: 0.0.0.0', note: 'Nodes on other machines reach it, which a cluster over several machines needs.' }]
    return [line]
  })
  return { ...change, note: note.replace(', and the hash of the elastic password', ''), diff: lines ?? null }
}

export function scriptedJoin(target: NodeTarget, planId: string, answers: JoinAnswers): JoinPreview {
  const facts = { ...answersOf.factsFor({}), nodeName: answers.nodeName ?? 'search-02', clusterName: 'search' }
  return {
    planId,
    target,
    facts,
    sentences: [
      `Elasticsearch 9.4.3 in ${target.home} becomes the node "${facts.nodeName}" of the cluster "search".`,
      'That cluster answers on https://192.0.2.10:9200 and has one node now: "search-01" (9.4.3).',
      'The new node will answer on https://localhost:9200, with the users, passwords and certificate authority of the cluster.',
      'Its nodes are on other machines, so transport of this one will be open to the network (transport.host: 0.0.0.0, port 9300).',
      'On disk: 4 new files, 1 changed file. Nothing has been written yet.',
    ],
    changes: answersOf.changesFor(target.home).map(joining),
    token: scriptedToken(),
    cluster: { name: 'search', url: 'https://192.0.2.10:9200', nodes: [{ name: 'search-01', address: '192.0.2.10:9300', version: '9.4.3' }] },
    tried: [
      { address: '192.0.2.10:9200', outcome: 'connected', why: null },
      { address: '10.0.0.4:9200', outcome: 'unreachable', why: 'no way leads there from this machine' },
    ],
  }
}
