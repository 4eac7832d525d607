import type { RemedyPreview } from '../../shared/contract/preflight.ts'

/** A remedy with one thing that stays in the way. */
export const remedyPreviewed: RemedyPreview = {
  planId: 'remedy-1',
  target: { home: '/es' },
  sentences: ['xpack.security.enabled will be commented out in elasticsearch.yml.'],
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
        { kind: 'removed', text: 'xpack.security.enabled: false', note: null },
        { kind: 'added', text: '#xpack.security.enabled: false', note: 'no longer decided here' },
      ],
    },
  ],
  settings: [{ name: 'xpack.security.enabled', how: 'commented out' }],
  keystoreEntries: [],
  clears: ['security-enabled'],
  remains: [{ id: 'java', title: 'Java', status: 'blocks', detail: 'No Java was found.', remedy: 'Install one.' }],
  verdict: 'blocked',
}

export const nothingInTheWay: RemedyPreview = {
  planId: null,
  target: { home: '/es' },
  sentences: ['Nothing stands in the way.'],
  changes: [],
  settings: [],
  keystoreEntries: [],
  clears: [],
  remains: [],
  verdict: 'ready',
}
