import type { ClosingPreview, OpeningPreview, TransportState } from '../../shared/contract/transport.ts'

export const transportLooked: TransportState = {
  target: { home: '/es' },
  running: true,
  hosts: [],
  open: false,
  bound: ['127.0.0.1:9300'],
  published: '127.0.0.1:9300',
  addresses: [
    { value: '192.168.1.20', interface: 'eth0', kind: 'private', virtual: false },
    { value: '172.17.0.1', interface: 'docker0', kind: 'private', virtual: true },
  ],
  opened: false,
  sentence: 'Transport listens on localhost: only nodes of this machine can join.',
  workId: null,
}

export const openingPreviewed: OpeningPreview = {
  planId: 'opening-1',
  target: { home: '/es' },
  hosts: ['192.168.1.20'],
  addresses: ['192.168.1.20'],
  sentences: ['Transport listens on 192.168.1.20 (port 9300): nodes of other machines that reach it there can join.'],
  checks: [{ id: 'max-map-count', title: 'vm.max_map_count', status: 'passed', detail: '262144; 262144 is enough.', remedy: null }],
  changes: [
    {
      action: 'change',
      path: '/es/config/elasticsearch.yml',
      from: null,
      mode: '0660',
      owner: 'elasticsearch',
      bytes: 30,
      secret: false,
      note: 'every other line stays',
      diff: [
        { kind: 'removed', text: '#transport.host: 0.0.0.0', note: null },
        { kind: 'added', text: 'transport.host: 192.168.1.20', note: 'Nodes reach it on 192.168.1.20.' },
      ],
    },
  ],
  restarts: true,
}

export const openingForeseen: OpeningPreview = {
  ...openingPreviewed,
  planId: null,
  checks: [{ id: 'max-map-count', title: 'vm.max_map_count', status: 'blocks', detail: 'vm.max_map_count is 65530, and must be 262144 at least.', remedy: 'As root: sysctl -w vm.max_map_count=262144.' }],
}

export const closingPreviewed: ClosingPreview = { target: { home: '/es' }, sentences: ['/es/config/elasticsearch.yml will be put back as it was before the opening.'], restarts: true }
