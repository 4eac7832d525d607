import { setTimeout as pause } from 'node:timers/promises'
import type { Check } from '../../shared/contract/preflight.ts'
import type { DiffLine } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { ClosingPreview, OpeningPreview, TransportState } from '../../shared/contract/transport.ts'
import type { Work } from '../../engine/work/live-work.ts'
import { user } from './scripted-answers.ts'

/** How transport stands in the double: the hosts it was opened to, empty while it is closed. */
export type Opened = readonly string[]

export function transportOf(target: NodeTarget, opened: Opened, workId: string | null): TransportState {
  const [host] = opened
  return {
    target,
    running: true,
    hosts: [...opened],
    open: opened.length > 0,
    bound: [host === undefined ? '127.0.0.1:9300' : `${host}:9300`],
    published: host === undefined ? '127.0.0.1:9300' : `${host}:9300`,
    addresses: [
      { value: '192.168.1.20', interface: 'enp3s0', kind: 'private', virtual: false },
      { value: '10.8.0.4', interface: 'wg0', kind: 'private', virtual: false },
      { value: '2001:db8:4c::20', interface: 'enp3s0', kind: 'public', virtual: false },
      { value: '172.17.0.1', interface: 'docker0', kind: 'private', virtual: true },
    ],
    opened: opened.length > 0,
    sentence: host === undefined ? 'Transport listens on localhost: only nodes of this machine can join.' : `Transport is bound to ${host}: nodes of other machines that reach it there can join.`,
    workId,
  }
}

const passed = (id: string, title: string, detail: string): Check => ({ id, title, status: 'passed', detail, remedy: null })
const maps: Check = {
  id: 'max-map-count',
  title: 'vm.max_map_count',
  status: 'blocks',
  detail: 'vm.max_map_count is 65530, and must be 262144 at least.',
  remedy: 'As root: sysctl -w vm.max_map_count=262144, and the same line in a file in /etc/sysctl.d, so that it lasts.',
}
const line = (kind: DiffLine['kind'], text: string, note: string | null = null): DiffLine => ({ kind, text, note })

export function openingOf(target: NodeTarget, hosts: string, fewMaps: boolean): OpeningPreview {
  return {
    planId: fewMaps ? null : `opening of ${hosts}`,
    target,
    hosts: [hosts],
    addresses: [hosts],
    sentences: [
      `Transport listens on ${hosts} (port 9300): nodes of other machines that reach it there can join.`,
      'Elasticsearch takes that for production: its bootstrap checks end a start from then on, where they only warned before.',
      'What nodes say to each other stays encrypted, and who joins must show a certificate of this cluster, which an enrollment token gives.',
      'Certificates stay as they are: nodes know each other by their authority, not by their address, and the one for HTTP names every address this machine had when it was made.',
      'The node "search-01" (process 48213) is stopped and started again: for about half a minute no client is answered. If it does not start, all is put back and it is started as it was.',
    ],
    checks: [
      fewMaps ? maps : passed('max-map-count', 'vm.max_map_count', '262144; 262144 is enough.'),
      passed('open-files', 'Open files', '1048576; 65535 is enough.'),
      passed('threads', 'Threads', '63380; 4096 is enough.'),
      passed('virtual-memory', 'Virtual memory', 'No limit.'),
      passed('file-size', 'File size', 'No limit.'),
      passed('heap-size', 'Heap', '1g, at the start and at most.'),
      passed('discovery', 'Discovery', 'cluster.initial_master_nodes is set.'),
      passed('transport-tls', 'TLS between nodes', 'On: nodes talk encrypted, and must show a certificate of this cluster.'),
      passed('warned', 'What the last start warned of', 'No bootstrap check beside those here.'),
    ],
    changes: [
      {
        action: 'change',
        path: `${target.home}/config/elasticsearch.yml`,
        from: null,
        mode: '0660',
        owner: user,
        bytes: 3871,
        secret: false,
        note: 'transport.host says where the node is reached by others; every other line stays as it is.',
        diff: [
          line('same', 'http.host: 0.0.0.0'),
          line('same', ''),
          line('removed', '# Without the # nodes on other machines can join: encrypted, and with a certificate'),
          line('removed', '#transport.host: 0.0.0.0'),
          line('added', '# Where the nodes of the cluster reach this one: encrypted, and with a certificate', 'What the setting below is for.'),
          line('added', `transport.host: ${hosts}`, `Nodes reach it on ${hosts}.`),
          line('same', ''),
          line('same', '#----------------------- END SECURITY AUTO CONFIGURATION -------------------------'),
        ],
      },
    ],
    restarts: true,
  }
}

export function closingOf(target: NodeTarget): ClosingPreview {
  return {
    target,
    sentences: [
      `${target.home}/config/elasticsearch.yml will be put back as it was before the opening.`,
      'Nodes of other machines that have joined lose this one, and cannot join any more.',
      'The node "search-01" (process 48213) is stopped and started again: for about half a minute no client is answered.',
    ],
    restarts: true,
  }
}

/** Starts the node of the double anew in four steps, each as long as `pace` says then (ms); `take` is what stands afterwards. */
export function restarting(pace: () => number, sentences: readonly string[], take: () => void): Work {
  return async ({ signal, onProgress }) => {
    for (const [done, text] of ['Writing the settings', 'Stopping the node', 'Starting the node', 'Seeing what transport is bound to'].entries()) {
      onProgress({ text, done, total: 4, unit: 'steps' })
      await pause(pace(), undefined, { signal })
    }
    take()
    return { sentences }
  }
}
