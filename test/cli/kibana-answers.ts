import type { KibanaDone, KibanaPreview, KibanaRun, KibanaView } from '../../shared/contract/kibana.ts'

export const kibanaView: KibanaView = {
  home: '/opt/kibana-9.4.3',
  version: '9.4.3',
  layout: 'archive',
  settingsFile: '/opt/kibana-9.4.3/config/kibana.yml',
  data: '/opt/kibana-9.4.3/data',
  owner: 'someone (1000)',
  url: 'http://localhost:5601',
  startable: true,
  connected: null,
  enrolled: false,
  undoable: false,
}

export const kibanaPreview: KibanaPreview = {
  planId: 'kibana-plan-1',
  kibana: kibanaView,
  cluster: { url: 'https://127.0.0.1:9200', major: 9, caFingerprint: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90' },
  sentences: [
    'Kibana 9.4.3 will use the cluster at https://127.0.0.1:9200 (Elasticsearch 9), which was proved just now by the CA of the token.',
    'It will log in as the service account elastic/kibana. The cluster makes a token for that when this is written, and not before.',
    '/opt/kibana-9.4.3/config/kibana.yml gets four more settings; what is in it stays as it is.',
  ],
  notes: [],
  changes: [
    {
      action: 'create',
      path: '/opt/kibana-9.4.3/data/ca_1764064000000.crt',
      from: null,
      mode: '0644',
      owner: 'someone',
      bytes: 1915,
      secret: false,
      note: 'The CA certificate of the cluster: by it Kibana knows that it speaks with the right one.',
      diff: null,
    },
    {
      action: 'change',
      path: '/opt/kibana-9.4.3/config/kibana.yml',
      from: null,
      mode: '0644',
      owner: 'someone',
      bytes: null,
      secret: false,
      note: 'The section that Kibana\'s own set-up would write, behind what is there. Every account of this machine can read this file, as before: chmod o-r closes it.',
      diff: [
        { kind: 'same', text: '…', note: '177 lines as they are' },
        { kind: 'same', text: '# Maximum number of documents loaded by each shard to generate autocomplete suggestions.', note: null },
        { kind: 'same', text: '#unifiedSearch.autocomplete.valueSuggestions.terminateAfter: 100000', note: null },
        { kind: 'added', text: '', note: null },
        { kind: 'added', text: '', note: null },
        { kind: 'added', text: '# This section was automatically generated during setup.', note: null },
        { kind: 'added', text: 'elasticsearch.hosts: [https://127.0.0.1:9200]', note: 'the cluster, where it answered just now' },
        { kind: 'added', text: 'elasticsearch.serviceAccountToken: ••••', note: 'how Kibana proves itself: as the service account elastic/kibana' },
        { kind: 'added', text: 'elasticsearch.ssl.certificateAuthorities: [/opt/kibana-9.4.3/data/ca_1764064000000.crt]', note: 'what it trusts: the CA certificate written beside' },
        { kind: 'added', text: 'xpack.fleet.outputs: [{id: fleet-default-output, name: default, is_default: true, type: elasticsearch, hosts: [https://127.0.0.1:9200]}]', note: 'the same for Elastic Agents, where Fleet is used' },
      ],
    },
  ],
}

export const kibanaDone: KibanaDone = {
  kibana: { ...kibanaView, connected: 'enrolled with https://127.0.0.1:9200', enrolled: true, undoable: true },
  cluster: { url: kibanaPreview.cluster.url, name: 'elasticsearch', version: '9.4.3', caFingerprint: kibanaPreview.cluster.caFingerprint },
  sentences: [
    '/opt/kibana-9.4.3/config/kibana.yml connects Kibana with the cluster elasticsearch (Elasticsearch 9.4.3) at https://127.0.0.1:9200.',
    'The cluster made the token enroll-process-token-1764064000000 for it, which was tried over TLS.',
    'The CA certificate of the cluster lies in /opt/kibana-9.4.3/data/ca_1764064000000.crt.',
  ],
  notes: [],
  caFile: '/opt/kibana-9.4.3/data/ca_1764064000000.crt',
}

export const kibanaRun: KibanaRun = {
  runId: 'run-1',
  target: { home: '/opt/kibana-9.4.3' },
  stage: 'starting',
  url: 'http://localhost:5601',
  link: null,
  pid: 4711,
  logFile: '/opt/kibana-9.4.3/logs/firstnode-kibana.log',
  problem: null,
  startedAt: Date.UTC(2026, 0, 2, 12, 0),
}

export const kibanaLink = 'http://localhost:5601/?code=123456'

/** What Kibana prints while it starts: lines of its console layout. */
export const kibanaLog: readonly string[] = [
  'Kibana is currently running with legacy OpenSSL providers enabled! For details and instructions on how to disable see https://www.elastic.co/guide/en/kibana/9.4/production.html#openssl-legacy-provider',
  '[2026-01-02T12:00:01.000+00:00][INFO ][root] Kibana is starting',
  '[2026-01-02T12:00:03.000+00:00][INFO ][plugins-service] Plugins are being set up',
  '[2026-01-02T12:00:07.000+00:00][INFO ][elasticsearch-service] Successfully connected to Elasticsearch after waiting for 214 milliseconds',
  '[2026-01-02T12:00:09.000+00:00][INFO ][savedobjects-service] Starting saved objects migrations',
  '[2026-01-02T12:00:14.000+00:00][INFO ][status] Kibana is now available',
]
