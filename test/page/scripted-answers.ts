import type { About } from '../../shared/contract/desktop.ts'
import type { FolderListing, HostInfo } from '../../shared/contract/host.ts'
import type { FoundHome, Installation } from '../../shared/contract/installation.ts'
import type { Check, PreflightReport } from '../../shared/contract/preflight.ts'
import type { ChangeView, DiffLine, SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'

// What the scripted engine says. Made up, but in the shape, the length and the words of the real one.

const minute = 60_000
export const user = 'ana'
export const homeFolder = '/home/ana'
export const mainHome = `${homeFolder}/elasticsearch-9.4.3`
export const caFingerprint = '3f8a1c92d07be4459a6631f0c2b85de7740912ce6fa3b1885d24e9077c31fa60'
export const password = 'Hq4vT*e-9bXw2+RsLk7m'
export const newPassword = 'uX3+dW8_kPz-Yc5rN0Jb'
export const token = Buffer.from(JSON.stringify({ ver: '8.14.0', adr: ['192.168.1.20:9200'], fgr: caFingerprint, key: 'mT3xN5ABy7QqGZkR0hJd:pVw1S3kLRbGcZx8yT0uQaA' })).toString('base64')

export const hostInfo: HostInfo = {
  firstnode: '0.1.0',
  kind: 'browser',
  platform: 'linux',
  hostName: 'search-01',
  user,
  root: false,
  shell: 'sh',
  homeFolder,
  separator: '/',
  canPick: false,
  canReveal: false,
  canClearClipboard: false,
  practice: { offered: true, version: '9.4.3', home: null, downloadBytes: 412_000_000, owner: user, trouble: null },
}

/** The same in a window of its own. */
export function hostInfoOf(desktop: boolean): HostInfo {
  return desktop ? { ...hostInfo, kind: 'electron', canPick: true, canReveal: true, canClearClipboard: true } : hostInfo
}

const mit = `MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.`

const packages = '@floating-ui/react 0.27.20 MIT, @mantine/core 9.7.4 MIT, @mantine/hooks 9.7.4 MIT, @orpc/client 1.16.1 MIT, @orpc/server 1.16.1 MIT, b4a 1.9.0 Apache-2.0, bcryptjs 3.0.3 BSD-3-Clause, clsx 2.1.1 MIT, debug 4.4.3 MIT, js-yaml 4.1.1 MIT, react 19.3.1 MIT, react-dom 19.3.1 MIT, tar-stream 3.2.2 MIT, tslib 2.9.1 0BSD, undici 6.29.1 MIT, ws 8.23.0 MIT, yauzl 3.4.0 MIT, zod 4.6.7 MIT'

export function about(desktop: boolean): About {
  const licences = packages.split(', ').map((one) => {
    const [name = '', version = '', licence = ''] = one.split(' ')
    return { name, version, licence, text: mit }
  })
  return { firstnode: '0.1.0', versions: { ...(desktop ? { Electron: '45.4.1', Chromium: '148.0.7778.96' } : {}), 'Node.js': '24.21.0', Linux: '6.12.0-1-generic x64' }, licences }
}

export const diagnostics = `Firstnode 0.1.0 (electron)
Electron 45.4.1
Chromium 148.0.7778.96
Node.js 24.21.0
Linux 6.12.0-1-generic x64

Machine
  linux x64, 8 processors
  memory: 9.4 GB of 16.6 GB free
  disk of ~: 78.2 GB of 254.8 GB free

Elasticsearch in the usual places: 2

~/elasticsearch-9.4.3
  version 9.4.3, new
  layout archive, settings in ~/elasticsearch-9.4.3/config (layout)
  Java 25.0.1 (bundled) in ~/elasticsearch-9.4.3/jdk
  disk: 78.2 of 254.8 GB free
  verdict ready

/opt/elasticsearch-9.4.3
  version 9.4.3, running
  layout archive, settings in /opt/elasticsearch-9.4.3/config (layout)
  verdict skipped, decided by running, configured already
  checks that did not pass: running skips, tls skips

Newest lines of Firstnode's own log (~/.config/Firstnode/logs)
  2026-11-25T04:36:51.112Z info started
  2026-11-25T04:36:52.004Z info window shown
`

export function foundHome(change: Partial<FoundHome> & { home: string }): FoundHome {
  return {
    config: `${change.home}/config`,
    version: '9.4.3',
    owner: user,
    state: 'new',
    stateReason: null,
    modified: Date.now() - 4 * minute,
    practice: false,
    ...change,
  }
}

export const severalHomes: FoundHome[] = [
  foundHome({ home: mainHome }),
  foundHome({ home: '/opt/elasticsearch-9.4.3', state: 'running', owner: 'elastic', modified: Date.now() - 50 * minute }),
  foundHome({ home: `${homeFolder}/work/search/elasticsearch-8.16.6`, version: '8.16.6', state: 'configured', modified: Date.now() - 30 * 60 * minute }),
  foundHome({ home: `${homeFolder}/old/elasticsearch-7.17.29`, version: '7.17.29', state: 'unsuitable', stateReason: 'Security is configured at the first start from 8.0 on.', modified: Date.now() - 9000 * minute }),
]

export function installation(home: string, state: Installation['state'] = 'new'): Installation {
  const account = { name: user, uid: 1000, gid: 1000, groups: [1000] }
  return {
    home,
    version: '9.4.3',
    major: 9,
    layout: 'archive',
    config: `${home}/config`,
    configSource: 'layout',
    data: [`${home}/data`],
    logs: `${home}/logs`,
    owner: account,
    runAs: null,
    java: { home: `${home}/jdk`, executable: `${home}/jdk/bin/java`, major: 25, version: '25.0.1', source: 'bundled' },
    javaTrouble: null,
    javaNeeds: { min: 21, max: null },
    disk: { path: '/', freeBytes: 84_000_000_000, totalBytes: 250_000_000_000 },
    memory: { freeBytes: 11_000_000_000, totalBytes: 16_000_000_000 },
    ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false },
    maxMapCount: 262_144,
    practice: false,
    state,
    stateReason: null,
  }
}

const passed = (id: string, title: string, detail: string): Check => ({ id, title, status: 'passed', detail, remedy: null })

const fine: Check[] = [
  passed('layout', 'Layout', 'Unpacked from an archive: everything lies in its own folder.'),
  passed('config-folder', 'Config directory', '/home/ana/elasticsearch-9.4.3/config can be read and written.'),
  passed('settings-file', 'elasticsearch.yml', 'Read as Elasticsearch reads it: no setting is active.'),
  passed('data', 'Data directory', '/home/ana/elasticsearch-9.4.3/data: empty or not there yet, so this node was never started.'),
  passed('security-enabled', 'Security', 'xpack.security.enabled is not set, so Elasticsearch configures it.'),
  passed('tls', 'TLS settings', 'No TLS setting stands in the way.'),
  passed('keystore', 'Keystore', 'elasticsearch.keystore is not there yet and will be made.'),
  passed('discovery', 'Discovery', 'Nothing says that it belongs to another cluster.'),
  passed('roles', 'Roles', 'The node may become master and hold data.'),
  passed('java', 'Java', 'The bundled JDK 25.0.1.'),
  passed('memory', 'Memory', '11.0 GB of 16.0 GB are free; the heap will be 7.5 GB at most.'),
  passed('disk', 'Disk', '84 GB of 250 GB are free.'),
  passed('ports', 'Ports', 'Ports 9200 (HTTP) and 9300 (transport) are free.'),
  passed('running', 'Running already', 'No node is running from this home or on its data directory.'),
]

export const ready: PreflightReport = { verdict: 'ready', reason: null, decidedBy: null, configured: false, checks: fine }

export const skipped: PreflightReport = {
  verdict: 'skipped',
  reason: 'cluster.initial_master_nodes is set (es-1, es-2): this node is to form or join a cluster with others.',
  decidedBy: 'discovery',
  configured: false,
  checks: [
    ...fine.filter(({ id }) => id !== 'discovery' && id !== 'disk'),
    {
      id: 'discovery',
      title: 'Discovery',
      status: 'skips',
      detail: 'cluster.initial_master_nodes is set (es-1, es-2): this node is to form or join a cluster with others.',
      remedy: 'For a first node of its own, take cluster.initial_master_nodes out of elasticsearch.yml or let it name this node alone (search-01). To join a cluster, use an enrollment token.',
    },
    { id: 'disk', title: 'Disk', status: 'warning', detail: '31 GB of 250 GB are free: over 85 % full, Elasticsearch puts no further replicas here.', remedy: 'Free space before it holds much data.' },
  ],
}

export const blocked: PreflightReport = {
  verdict: 'blocked',
  reason: 'Java 26 in /usr/lib/jvm/java-26 is too new.',
  decidedBy: 'java',
  configured: false,
  checks: [
    ...fine.filter(({ id }) => id !== 'java'),
    {
      id: 'java',
      title: 'Java',
      status: 'blocks',
      detail: 'Java 26 in /usr/lib/jvm/java-26 is too new: Elasticsearch 8.16.6 needs 17 to 23 and dies on a newer one, which has no Security Manager.',
      remedy: 'Install a JDK 17 and set ES_JAVA_HOME to it, or use Elasticsearch 8.18 or newer.',
    },
  ],
}

export const configured: PreflightReport = { ...skipped, configured: true, checks: fine }

export function factsFor(answers: SetupAnswers): SetupFacts {
  const httpPort = answers.httpPort ?? 9200
  return {
    nodeName: answers.nodeName ?? 'search-01',
    clusterName: answers.clusterName ?? 'elasticsearch',
    httpPort,
    transportPort: answers.transportPort ?? 9300,
    portNotes: [],
    heap: answers.heap ?? null,
    httpHost: answers.httpHost ?? '0.0.0.0',
    san: answers.san ?? [],
    url: `https://localhost:${httpPort}`,
    runAs: null,
    passwordChosen: answers.elasticPassword !== undefined,
  }
}

export function sentencesFor(facts: SetupFacts, home: string): string[] {
  return [
    `Elasticsearch 9.4.3 in ${home} becomes the node "${facts.nodeName}" of a new cluster "${facts.clusterName}".`,
    `It will answer on ${facts.url}, ${facts.httpHost === 'localhost' ? 'from this machine only' : 'from this machine and the network'}. Other nodes can join from this machine only (transport on port ${facts.transportPort}).`,
    facts.passwordChosen ? 'The elastic user gets the password you chose.' : 'A password is generated for the elastic user. It stays in memory until you copy it.',
    facts.heap === null ? 'Elasticsearch sets its heap size automatically.' : `Its heap will be ${facts.heap}.`,
  ]
}

const line = (kind: DiffLine['kind'], text: string, note: string | null = null): DiffLine => ({ kind, text, note })

const comments = [
  '# ======================== Elasticsearch Configuration =========================',
  '#',
  '# NOTE: Elasticsearch comes with reasonable defaults for most settings.',
  '#',
  '# ---------------------------------- Cluster -----------------------------------',
  '#cluster.name: my-application',
  '#',
  '# ---------------------------------- Various -----------------------------------',
  '#action.destructive_requires_name: false',
]

export function changesFor(home: string): ChangeView[] {
  const config = `${home}/config`
  const change = (action: ChangeView['action'], path: string, bytes: number | null, note: string, more: Partial<ChangeView> = {}): ChangeView => ({
    action,
    path: `${config}/${path}`,
    from: null,
    mode: action === 'create-directory' ? '0750' : '0660',
    owner: user,
    bytes,
    secret: false,
    note,
    diff: null,
    ...more,
  })
  return [
    change('create-directory', 'certs', null, 'Holds certificates and keys of HTTP and transport.'),
    change('create', 'certs/http_ca.crt', 1915, 'The CA certificate that clients trust.'),
    change('create', 'certs/http.p12', 10_093, 'Key and certificate of the HTTP layer, and the key of its CA.', { secret: true }),
    change('create', 'certs/transport.p12', 5870, 'Key and certificate of the transport layer.', { secret: true }),
    change('create', 'elasticsearch.keystore', 439, 'Passwords of both stores, and the hash of the elastic password.', { secret: true }),
    change('change', 'elasticsearch.yml', 3994, 'The settings block is appended; what is there stays as it is.', {
      diff: [
        ...comments.map((text) => line('same', text)),
        line('added', ''),
        line('added', '#----------------------- BEGIN SECURITY AUTO CONFIGURATION -----------------------'),
        line('added', 'xpack.security.enabled: true', 'Who asks has to say who it is.'),
        line('added', 'xpack.security.enrollment.enabled: true', 'Kibana and nodes may enroll with a token.'),
        line('added', 'xpack.security.http.ssl:', 'HTTP speaks TLS.'),
        line('added', '  enabled: true'),
        line('added', '  keystore.path: certs/http.p12'),
        line('added', 'xpack.security.transport.ssl:', 'Nodes speak TLS with each other, and both sides show a certificate.'),
        line('added', '  enabled: true'),
        line('added', '  verification_mode: certificate'),
        line('added', '  keystore.path: certs/transport.p12'),
        line('added', '  truststore.path: certs/transport.p12'),
        line('added', 'cluster.initial_master_nodes: ["search-01"]', 'The first node elects itself, once.'),
        line('added', 'http.host: 0.0.0.0', 'This machine and the network can reach HTTP.'),
        line('added', '#----------------------- END SECURITY AUTO CONFIGURATION -------------------------'),
      ],
    }),
  ]
}

export const caPem = `-----BEGIN CERTIFICATE-----\nMIIFWTCCA0GgAwIBAgIUY2Gz\n-----END CERTIFICATE-----\n`

export function listing(path: string | null): FolderListing {
  const places = [
    { name: 'Home', path: homeFolder },
    { name: 'Downloads', path: `${homeFolder}/Downloads` },
    { name: 'opt', path: '/opt' },
    { name: 'This computer', path: '/' },
  ]
  const at = path ?? homeFolder
  const entries: Record<string, FolderListing['entries']> = {
    [homeFolder]: [
      { name: 'Documents', path: `${homeFolder}/Documents`, kind: 'folder' },
      { name: 'Downloads', path: `${homeFolder}/Downloads`, kind: 'folder' },
      { name: 'elasticsearch-9.4.3', path: mainHome, kind: 'home' },
      { name: 'work', path: `${homeFolder}/work`, kind: 'folder' },
    ],
    [`${homeFolder}/Downloads`]: [{ name: 'elasticsearch-9.4.3-linux-x86_64.tar.gz', path: `${homeFolder}/Downloads/elasticsearch-9.4.3-linux-x86_64.tar.gz`, kind: 'archive' }],
    [mainHome]: ['bin', 'config', 'jdk', 'lib', 'modules'].map((name) => ({ name, path: `${mainHome}/${name}`, kind: 'folder' as const })),
  }
  const cut = at.lastIndexOf('/')
  return { path: at, parent: at === '/' ? null : at.slice(0, cut) || '/', home: at === mainHome, places, entries: entries[at] ?? [] }
}

/** Configured by Elasticsearch's own first start, in the background. */
export const unseen: PreflightReport = {
  ...configured,
  checks: [
    ...configured.checks,
    {
      id: 'elastic-password',
      title: 'Elastic password',
      status: 'warning',
      detail: 'The first start of this node had no terminal, so Elasticsearch made no password for the elastic user, and nobody has set one since by the file realm, which is the only way to a first one.',
      remedy: 'Set a new password while the node runs; nobody needs an old one.',
      code: 'password_unseen',
    },
  ],
}

export const onlyHere = 'Transport of this node listens on localhost: only nodes on this machine can join it.'

/** How a download ends. */
export const downloadingTold = {
  home: mainHome,
  sentences: ['elasticsearch-9.4.3-linux-x86_64.tar.gz was downloaded from artifacts.elastic.co.', 'Its SHA-512 is the one it should have.', "It is signed with Elastic's key (D27D666CD88E42B4)."],
}
