import { desktopProcedures } from '../../engine/host/desktop-procedures.ts'
import { createRouterClient, implement, ORPCError } from '@orpc/server'
import { contract } from '../../shared/contract/contract.ts'
import type { KibanaEvent, KibanaPreview, KibanaRun, KibanaView } from '../../shared/contract/kibana.ts'
import type { Licence } from '../../shared/contract/desktop.ts'
import type { GitView } from '../../shared/contract/handout.ts'
import type { HostInfo } from '../../shared/contract/host.ts'
import type { FoundHome, FoundHomes, HomeState, Installation } from '../../shared/contract/installation.ts'
import type { JoinPreview } from '../../shared/contract/join.ts'
import type { NodeStatus, ShownNode, UndoPreview } from '../../shared/contract/node.ts'
import type { PreflightReport, RemedyPreview } from '../../shared/contract/preflight.ts'
import type { WorkState, WorkWhat } from '../../shared/contract/work.ts'
import type { Credentials, Phase, PlanPreview, SetupEvent, SetupState } from '../../shared/contract/setup.ts'
import type { NodeTarget, ProblemView } from '../../shared/contract/target.ts'
import { fleetNeedsNothing } from '../../shared/clients/agent.ts'
import { placeholderNode } from '../../shared/clients/client-node.ts'
import { nowWhat } from '../../shared/clients/now-what.ts'
import { snippetsFor } from '../../shared/clients/snippets.ts'
import { problem, type ProblemCode } from '../../shared/problems/problem.ts'
import type { OpenEngine } from '../../cli/io.ts'
import { kibanaDone, kibanaLink, kibanaLog, kibanaPreview, kibanaRun, kibanaView } from './kibana-answers.ts'
import { nothingInTheWay } from './remedy-answers.ts'
import { certificatesLooked, renewalPreviewed, renewalUndone } from './certificate-answers.ts'
import { envPreviewed } from './handout-answers.ts'
import { closingPreviewed, openingPreviewed, transportLooked } from './transport-answers.ts'
import { node, plainRunningStatus, plainStatus, readyReport, runningStatus, stoppedStatus, whatCannotBe, type HomeSaid } from './home-states.ts'

export * from './home-states.ts'

const at = Date.UTC(2026, 0, 2, 12, 0)

export const token = 'eyJ2ZXIiOiI4LjE0LjAifQ=='
export const fingerprint = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90'

const phases: Phase[] = [
  { id: 'keys', title: 'Make keys', detail: 'Four RSA keys.', state: 'waiting', startedAt: null, ms: null },
  { id: 'files', title: 'Write files', detail: 'All or none.', state: 'waiting', startedAt: null, ms: null },
]

const facts: PlanPreview['facts'] = {
  nodeName: 'alpha',
  clusterName: 'elasticsearch',
  httpPort: 9200,
  transportPort: 9300,
  portNotes: [],
  heap: null,
  httpHost: '0.0.0.0',
  san: [],
  url: 'https://localhost:9200',
  runAs: null,
  passwordChosen: false,
}

export const previewed: PlanPreview = {
  planId: 'plan-1',
  target: { home: '/es' },
  facts,
  sentences: ['It will answer on https://localhost:9200.', 'On disk: 1 new file, 1 changed file.'],
  changes: [
    {
      action: 'create',
      path: '/es/config/certs/http.p12',
      from: null,
      mode: '0660',
      owner: 'elasticsearch',
      bytes: 9999,
      secret: true,
      note: 'the keys of HTTP',
      diff: null,
    },
    {
      action: 'change',
      path: '/es/config/elasticsearch.yml',
      from: null,
      mode: '0660',
      owner: 'elasticsearch',
      bytes: 900,
      secret: false,
      note: 'security on',
      diff: [
        ...Array.from({ length: 9 }, (_, index) => ({ kind: 'same' as const, text: `# comment ${index}`, note: null })),
        { kind: 'added', text: 'xpack.security.enabled: true', note: 'passwords and TLS are on' },
        { kind: 'removed', text: 'old: true', note: null },
      ],
    },
  ],
}

const joinFound: Pick<JoinPreview, 'token' | 'cluster' | 'tried'> = {
  token: { addresses: ['192.0.2.1:9200', '192.0.2.2:9200'], caFingerprint: fingerprint, version: '8.14.0', madeAt: at, expiresAt: at + 1_800_000, confirmed: false },
  cluster: { name: 'elasticsearch', url: 'https://192.0.2.2:9200', nodes: [{ name: 'alpha', address: '192.0.2.2:9300', version: '9.4.3' }] },
  tried: [
    { address: '192.0.2.1:9200', outcome: 'unreachable', why: 'nothing listens there' },
    { address: '192.0.2.2:9200', outcome: 'connected', why: null },
  ],
}

/**
 * Stands in for the engine: the whole contract with answers that a test sets. It remembers what was called, in order, and
 * follows the life of a set-up: apply, watch to ready or to what the test wants, credentials, hand-over, cancel.
 */
export class EngineDouble {
  readonly calls: string[] = []
  readonly inputs: Record<string, unknown> = {}
  closed = false
  /** closing it fails */
  endsBadly = false
  state: HomeState = 'new'
  stateReason: string | null = null
  report: PreflightReport = readyReport
  status: NodeStatus = plainStatus
  remedy: RemedyPreview = nothingInTheWay
  opening = openingPreviewed
  certificates = certificatesLooked()
  renewal = renewalPreviewed
  undo: UndoPreview = { sentences: ['The node will be stopped.'], deletesData: true, stopsNode: true, needsPassword: false, needsKeystorePassword: false, refusal: null }
  practice: Partial<HostInfo['practice']> = {}
  found: FoundHome[] = []
  /** why what was found may not be all */
  incomplete: FoundHomes['incomplete'] = null
  kibana: KibanaView = kibanaView
  kibanaNotes: KibanaPreview['notes'] = []
  /** where a start of Kibana ends */
  kibanaEnds: Partial<KibanaRun> = { stage: 'answering' }
  /** how Git stands to a .env of the project */
  git: GitView = 'ignored'
  licences: Licence[] = ['ws 8.23.0', 'zod 4.6.7'].map((one) => {
    const [name = '', version = ''] = one.split(' ')
    return { name, version, licence: 'MIT', text: `Permission is hereby granted\nto ${name}.` }
  })
  /** the password of its keystore, without which no token is made */
  keystoreLocked: string | null = null
  tokenWarning: string | null = null
  /** whether a new password was accepted */
  proved = true
  answered = true
  /** where its config directory is and how that is known */
  config: Pick<Installation, 'config' | 'configSource'> = { config: '/es/config', configSource: 'layout' }
  password: string | null = 'secret-password'
  /** where a set-up ends; `hangs` waits to be cancelled, and so does other work then */
  ends: 'ready' | 'failed' | 'hangs' = 'ready'
  /** what is taken up was a node that joined this cluster */
  joined: SetupState['joined'] | null = null
  /** procedures that end with a problem */
  readonly refuses = new Map<string, ProblemCode>()
  /** called when a set-up is being watched and waits */
  onHang: () => void = () => undefined
  /** called when a set-up has become ready and its watcher does not know yet */
  onReady: () => void = () => undefined
  #target: NodeTarget = { home: '/es' }
  #setup: SetupState = this.#begun({})
  #work: WorkState = workOf({ what: 'practice', version: '9.4.3' })
  #workEnds: Partial<WorkState> = {}
  #cancelled: () => void = () => undefined

  readonly open = (): Promise<OpenEngine> => {
    const wrong = whatCannotBe(this)
    if (wrong !== null) throw new Error(`the engine never gives ${wrong}: a test of it proves nothing`)
    return Promise.resolve({
      engine: createRouterClient(this.#router()),
      close: () => {
        this.closed = true
        return this.endsBadly ? Promise.reject(new Error('the lock could not be released')) : Promise.resolve()
      },
    })
  }

  /** The double of one home. */
  static of(home: HomeSaid, change: Partial<EngineDouble> = {}): EngineDouble {
    return Object.assign(new EngineDouble(), home, change)
  }

  #begun(change: Partial<SetupState>): SetupState {
    return {
      setupId: 'setup-1',
      target: this.#target,
      stage: 'applying',
      asIs: false,
      phases,
      facts,
      problem: null,
      putBack: null,
      node: null,
      proof: null,
      notes: [],
      startedAt: at,
      ...change,
    }
  }

  #take(name: string, input?: unknown): void {
    this.calls.push(name)
    this.inputs[name] = input
    const code = this.refuses.get(name)
    if (code === undefined) return
    throw refused(code)
  }

  #begin(name: string, input: unknown, change: Partial<SetupState> = {}): SetupState {
    this.#take(name, input)
    if (typeof input === 'object' && input !== null && 'target' in input) this.#target = input.target as NodeTarget
    this.#setup = this.#begun(change)
    return this.#setup
  }

  async *#watch(): AsyncGenerator<SetupEvent, void> {
    yield { type: 'state', state: this.#setup }
    const running = phases.map((phase, index) => (index === 0 ? { ...phase, state: 'running' as const, startedAt: at } : phase))
    this.#setup = { ...this.#setup, phases: running }
    yield { type: 'state', state: this.#setup }
    if (this.ends === 'hangs' && this.#setup.stage !== 'cancelled') {
      await new Promise<void>((resolve) => {
        this.#cancelled = resolve
        this.onHang()
      })
    } else if (this.ends === 'failed') {
      const told = problem('unexpected', { what: 'the door was shut' })
      const failed = { code: told.code, message: told.message, remedy: told.remedy, detail: null }
      this.#setup = { ...this.#setup, stage: 'failed', problem: failed, putBack: 'Five files were put back.' }
      yield { type: 'log', lines: [{ at, level: 'ERROR', text: 'BindException', explains: true }], dropped: 0 }
    } else {
      const done = phases.map((phase) => ({ ...phase, state: 'done' as const, startedAt: at, ms: 1200 }))
      this.#setup = { ...this.#setup, stage: 'ready', phases: done, node, ...(this.joined == null ? {} : { joined: this.joined, stage: 'handed-over' as const }) }
      // What sets up turns TLS on; what only starts leaves the settings as they are.
      this.status = this.#setup.asIs ? plainRunningStatus : runningStatus
      this.onReady()
    }
    yield { type: 'state', state: this.#setup }
  }

  #beginWork(what: WorkWhat, ends: Partial<WorkState>): WorkState {
    this.#work = workOf(what)
    this.#workEnds = { stage: 'done', ...ends }
    return this.#work
  }

  async *#watchWork(): AsyncGenerator<WorkState, void> {
    yield this.#work
    yield { ...this.#work, progress: { text: 'Fetching', done: 5_000_000, total: 10_000_000, unit: 'bytes' } }
    if (this.ends === 'hangs' && this.#workEnds.stage !== 'cancelled')
      await new Promise<void>((resolve) => {
        this.#cancelled = resolve
        this.onHang()
      })
    yield { ...this.#work, ...this.#workEnds }
  }

  #credentials(): Credentials {
    return {
      url: 'https://localhost:9200',
      username: 'elastic',
      password: this.password,
      handedOver: false,
      caFingerprint: fingerprint,
      caCertificate: '/es/config/certs/http_ca.crt',
      caPem: '-----BEGIN CERTIFICATE-----',
      kibanaToken: { scope: 'kibana', token, createdAt: at, expiresAt: at + 1_800_000 },
      kibanaTokenTrouble: null,
      node,
      clusterName: 'elasticsearch',
      timings: { keys: 1200, files: 1200, total: 2400 },
    }
  }

  async *#watchKibana(): AsyncGenerator<KibanaEvent, void> {
    yield { type: 'state', state: kibanaRun }
    yield { type: 'log', lines: kibanaLog.map((text, index) => ({ at: at + index, level: 'INFO', text, explains: false })), dropped: 0 }
    if (this.inputs['kibana.start'] !== undefined && (this.inputs['kibana.start'] as { interactive?: boolean }).interactive === true) {
      yield { type: 'state', state: { ...kibanaRun, stage: 'waiting', link: kibanaLink } }
      yield { type: 'state', state: { ...kibanaRun, stage: 'enrolled' } }
    }
    if (this.ends === 'hangs') {
      const stopped = new Promise<void>((resolve) => (this.#cancelled = resolve))
      this.onHang()
      await stopped
    }
    yield { type: 'state', state: { ...kibanaRun, ...this.kibanaEnds } }
  }

  /** what `show` has otherwise */
  shown: Partial<ShownNode> = {}

  #shown(keystorePasswords: boolean): ShownNode {
    return {
      url: 'https://localhost:9200',
      caFingerprint: fingerprint,
      caCertificate: '/es/config/certs/http_ca.crt',
      caPem: '-----BEGIN CERTIFICATE-----',
      caValidUntil: at,
      certificateValidUntil: at,
      addresses: ['localhost', '127.0.0.1'],
      keystorePasswords: keystorePasswords ? { http: 'http-store-password', transport: 'transport-store-password' } : null,
      ...this.shown,
    }
  }

  #router() {
    const os = implement(contract)
    return os.router({
      host: {
        info: os.host.info.handler(() => {
          this.#take('host.info')
          return hostInfo(this.practice)
        }),
        listFolder: os.host.listFolder.handler(() => neverHere()),
        place: os.host.place.handler(() => neverHere()),
        about: os.host.about.handler(() => {
          this.#take('host.about')
          return { firstnode: '0.1.0', versions: { 'Node.js': '24.0.0' }, licences: this.licences }
        }),
        diagnostics: os.host.diagnostics.handler(() => {
          this.#take('host.diagnostics')
          return { text: 'Firstnode 0.1.0 (cli)\n\n  a log \u001b[2J line\n' }
        }),
        ...desktopProcedures(null),
        keepPlace: os.host.keepPlace.handler(() => neverHere()),
      },
      installation: {
        find: os.installation.find.handler(() => {
          this.#take('installation.find')
          return { homes: this.found, incomplete: this.incomplete }
        }),
        inspect: os.installation.inspect.handler(({ input }) => {
          this.#take('installation.inspect', input)
          return { ...installation(this.state), ...this.config, stateReason: this.stateReason }
        }),
        unpack: os.installation.unpack.handler(() => neverHere()),
        practiceCopy: os.installation.practiceCopy.handler(({ input }) => {
          this.#take('installation.practiceCopy', input)
          return this.#beginWork({ what: 'practice', version: '9.4.3' }, { home: '/cache/practice/home' })
        }),
      },
      download: {
        offer: os.download.offer.handler(({ input }) => {
          this.#take('download.offer', input)
          return { product: input.product, versions: [{ version: '9.4.3', major: 9, newest: true }, { version: '8.19.2', major: 8, newest: true }], build: 'linux-x86_64', from: 'https://artifacts.elastic.co' }
        }),
        begin: os.download.begin.handler(({ input }) => {
          this.#take('download.begin', input)
          const { product, version = '9.4.3', into } = input
          return this.#beginWork({ what: 'download', ...input }, { home: `${into}/${product}-${version}`, sentences: ['Its SHA-512 is the one it should have.', "It is signed with Elastic's key (D27D666CD88E42B4)."] })
        }),
      },
      handout: {
        file: os.handout.file.handler(({ input }) => {
          this.#take('handout.file', input)
          return { name: 'elasticsearch-access.txt', type: 'text/plain', text: 'everything\n', notes: ['Anybody who can read the file has the password.'] }
        }),
        previewEnv: os.handout.previewEnv.handler(({ input }) => {
          this.#take('handout.previewEnv', input)
          return envPreviewed(input.folder, this.git)
        }),
        applyEnv: os.handout.applyEnv.handler(({ input }) => {
          this.#take('handout.applyEnv', input)
          const { file, sentences } = envPreviewed('/app', this.git)
          return { file, sentences }
        }),
      },
      work: {
        watch: os.work.watch.handler(() => {
          this.#take('work.watch')
          return this.#watchWork()
        }),
        cancel: os.work.cancel.handler(({ input }) => {
          this.#take('work.cancel', input)
          this.#workEnds = { stage: 'cancelled', problem: viewOf('cancelled') }
          this.#cancelled()
          return { ...this.#work, ...this.#workEnds }
        }),
      },
      preflight: {
        run: os.preflight.run.handler(({ input }) => {
          this.#take('preflight.run', input)
          return this.report
        }),
        previewRemedy: os.preflight.previewRemedy.handler(({ input }) => {
          this.#take('preflight.previewRemedy', input)
          return this.remedy
        }),
        applyRemedy: os.preflight.applyRemedy.handler(({ input }) => {
          this.#take('preflight.applyRemedy', input)
          return { sentences: ['xpack.security.enabled was commented out in elasticsearch.yml.'], report: this.report }
        }),
      },
      join: {
        explain: os.join.explain.handler(({ input }) => {
          this.#take('join.explain', input)
          return joinFound.token
        }),
        plan: os.join.plan.handler(({ input }) => {
          this.#take('join.plan', input)
          this.#target = input.target
          return { ...previewed, ...joinFound }
        }),
      },
      setup: {
        plan: os.setup.plan.handler(({ input }) => {
          this.#take('setup.plan', input)
          if (this.report.verdict !== 'ready') throw notReady(this.report)
          this.#target = input.target
          return { ...previewed, target: input.target }
        }),
        discard: os.setup.discard.handler(({ input }) => this.#take('setup.discard', input)),
        endUnfinished: os.setup.endUnfinished.handler(({ input }) => {
          this.#take('setup.endUnfinished', input)
          return { sentences: ['Firstnode removed the temporary superuser from the file realm.'] }
        }),
        apply: os.setup.apply.handler(({ input }) => this.#begin('setup.apply', input)),
        startAsIs: os.setup.startAsIs.handler(({ input }) => this.#begin('setup.startAsIs', input, { asIs: true, facts: null })),
        watch: os.setup.watch.handler(() => {
          this.#take('setup.watch')
          return this.#watch()
        }),
        cancel: os.setup.cancel.handler(({ input }) => {
          this.#take('setup.cancel', input)
          const ended = this.#setup.stage === 'ready' || this.#setup.stage === 'failed'
          if (!ended) this.#setup = { ...this.#setup, stage: 'cancelled', putBack: 'Five files were put back.' }
          this.#cancelled()
          return this.#setup
        }),
        credentials: os.setup.credentials.handler(({ input }) => {
          this.#take('setup.credentials', input)
          return this.#credentials()
        }),
        handedOver: os.setup.handedOver.handler(({ input }) => {
          this.#take('setup.handedOver', input)
          return { ...this.#setup, stage: 'handed-over' as const }
        }),
        resume: os.setup.resume.handler(({ input }) => this.#begin('setup.resume', input)),
      },
      node: {
        status: os.node.status.handler(({ input }) => {
          this.#take('node.status', input)
          const known = this.status.secured && this.status.answering && input.password === this.password
          return known ? { ...this.status, health: 'green' } : this.status
        }),
        start: os.node.start.handler(({ input }) => {
          const notes = this.status.secured ? [] : ['Nothing is proved but that its port answers.']
          const begun = this.#begin('node.start', input, { stage: 'starting', asIs: !this.status.secured, facts: null, notes })
          if (!this.report.configured) throw refused('not_configured')
          return begun
        }),
        stop: os.node.stop.handler(({ input }) => {
          this.#take('node.stop', input)
          this.status = this.status.secured ? stoppedStatus : plainStatus
          return this.status
        }),
        show: os.node.show.handler(({ input }) => {
          this.#take('node.show', input)
          if (this.keystoreLocked !== null && input.keystorePassword !== this.keystoreLocked) throw refused('keystore_locked')
          if (!this.status.secured) throw refused(this.report.configured ? 'no_client_tls' : 'not_configured')
          return this.#shown(input.keystorePasswords)
        }),
      },
      cluster: {
        view: os.cluster.view.handler(() => neverHere()),
        token: os.cluster.token.handler(({ input }) => {
          this.#take('cluster.token', input)
          if (this.keystoreLocked !== null && input.keystorePassword !== this.keystoreLocked) throw refused('keystore_locked')
          if (input.password !== undefined && input.password !== this.password) throw refused('wrong_password')
          return { scope: input.scope, token, createdAt: at, expiresAt: at + 1_800_000, ...(this.tokenWarning === null ? {} : { warning: this.tokenWarning }) }
        }),
        tryIt: os.cluster.tryIt.handler(() => neverHere()),
        newPassword: os.cluster.newPassword.handler(({ input }) => {
          this.#take('cluster.newPassword', input)
          if (input.elasticPassword !== undefined && input.elasticPassword !== this.password) throw refused('wrong_password')
          const how = input.elasticPassword === undefined ? ('file-realm' as const) : ('elastic-password' as const)
          return { username: input.username, password: input.password ?? 'a-new-password', how, answered: this.answered, proved: this.proved, handedOver: false }
        }),
        pendingPassword: os.cluster.pendingPassword.handler(() => neverHere()),
        passwordHandedOver: os.cluster.passwordHandedOver.handler(() => neverHere()),
        apiKey: os.cluster.apiKey.handler(({ input }) => {
          this.#take('cluster.apiKey', input)
          if (this.keystoreLocked !== null && input.keystorePassword !== this.keystoreLocked) throw refused('keystore_locked')
          if (input.password !== undefined && input.password !== this.password) throw refused('wrong_password')
          return { id: 'key-1', name: input.name, apiKey: 'a2V5LTE6c2VjcmV0', createdAt: at, expiresAt: input.lifetime === null ? null : at + 86_400_000, sentences: ['It may read every index.', 'It ends tomorrow.'] }
        }),
      },
      clients: {
        snippets: os.clients.snippets.handler(({ input }) => {
          this.#take('clients.snippets', input)
          if (this.keystoreLocked !== null && input.keystorePassword !== this.keystoreLocked) throw refused('keystore_locked')
          const { url, caFingerprint, caCertificate } = placeholderNode
          return { clients: snippetsFor(placeholderNode), url, caFingerprint, caCertificate, placeholders: input.target === null, addresses: [], sentences: ['A sentence to know before.'], fleet: fleetNeedsNothing, links: [...nowWhat] }
        }),
      },
      kibana: {
        find: os.kibana.find.handler(() => neverHere()),
        look: os.kibana.look.handler(({ input }) => {
          this.#take('kibana.look', input)
          return this.kibana
        }),
        preview: os.kibana.preview.handler(({ input }) => {
          this.#take('kibana.preview', input)
          return { ...kibanaPreview, kibana: this.kibana, notes: this.kibanaNotes }
        }),
        apply: os.kibana.apply.handler(({ input }) => {
          this.#take('kibana.apply', input)
          return { ...kibanaDone, notes: this.kibanaNotes, kibana: { ...kibanaDone.kibana, startable: this.kibana.startable } }
        }),
        start: os.kibana.start.handler(({ input }) => {
          this.#take('kibana.start', input)
          return kibanaRun
        }),
        watch: os.kibana.watch.handler(({ input }) => {
          this.#take('kibana.watch', input)
          return this.#watchKibana()
        }),
        stop: os.kibana.stop.handler(({ input }) => {
          this.#take('kibana.stop', input)
          this.kibanaEnds = { stage: 'stopped' }
          this.#cancelled()
          return { ...kibanaRun, stage: 'stopped' as const }
        }),
        open: os.kibana.open.handler(({ input }) => {
          this.#take('kibana.open', input)
          return false
        }),
        previewUndo: os.kibana.previewUndo.handler(() => neverHere()),
        undo: os.kibana.undo.handler(({ input }) => {
          this.#take('kibana.undo', input)
          return { kibana: this.kibana, sentences: ['/opt/kibana-9.4.3/config/kibana.yml was put back as it was.'] }
        }),
      },
      undo: {
        preview: os.undo.preview.handler(({ input }) => {
          this.#take('undo.preview', input)
          return this.undo
        }),
        apply: os.undo.apply.handler(({ input }) => {
          this.#take('undo.apply', input)
          return this.#beginWork({ what: 'undo', home: '/es', config: '/es/config' }, { sentences: ['The node was stopped.', 'Six files were put back.'] })
        }),
      },
      certificates: {
        look: os.certificates.look.handler(({ input }) => {
          this.#take('certificates.look', input)
          return this.certificates
        }),
        previewRenewal: os.certificates.previewRenewal.handler(({ input }) => {
          this.#take('certificates.previewRenewal', input)
          return this.renewal
        }),
        renew: os.certificates.renew.handler(({ input }) => {
          this.#take('certificates.renew', input)
          return this.#beginWork({ what: 'renew', home: '/es', config: '/es/config' }, { sentences: ['The node serves its new HTTP certificate.'] })
        }),
        underWay: os.certificates.underWay.handler(() => ({ workId: null })),
        previewUndo: os.certificates.previewUndo.handler(({ input }) => {
          this.#take('certificates.previewUndo', input)
          return renewalUndone
        }),
        undo: os.certificates.undo.handler(({ input }) => {
          this.#take('certificates.undo', input)
          return this.#beginWork({ what: 'renew-undo', home: '/es', config: '/es/config' }, { sentences: ['The keystore is restored.'] })
        }),
      },
      transport: {
        look: os.transport.look.handler(({ input }) => {
          this.#take('transport.look', input)
          return transportLooked
        }),
        previewOpening: os.transport.previewOpening.handler(({ input }) => {
          this.#take('transport.previewOpening', input)
          return this.opening
        }),
        open: os.transport.open.handler(({ input }) => {
          this.#take('transport.open', input)
          return this.#beginWork({ what: 'open', home: '/es', config: '/es/config', hosts: ['192.168.1.20'] }, { sentences: ['The node "alpha" runs again.'] })
        }),
        previewClosing: os.transport.previewClosing.handler(({ input }) => {
          this.#take('transport.previewClosing', input)
          return closingPreviewed
        }),
        close: os.transport.close.handler(({ input }) => {
          this.#take('transport.close', input)
          return this.#beginWork({ what: 'close', home: '/es', config: '/es/config' }, { sentences: ['elasticsearch.yml was put back.'] })
        }),
      },
    })
  }
}

function notReady({ verdict, reason, decidedBy, checks }: PreflightReport): Error {
  const remedy = checks.find(({ id }) => id === decidedBy)?.remedy ?? ''
  const told = problem(verdict === 'skipped' ? 'skipped' : 'blocked', { home: '/es', reason: reason ?? '', remedy })
  return new ORPCError('PROBLEM', { message: told.message, data: { code: told.code, message: told.message, remedy: told.remedy, detail: null } })
}

function workOf(what: WorkWhat): WorkState {
  return { workId: 'work-1', what, stage: 'underway', progress: null, home: null, sentences: [], problem: null, startedAt: at }
}

function viewOf(code: ProblemCode): ProblemView {
  const { message, remedy } = problem(code, { home: '/es', pid: 7, user: 'elastic', config: '/es/config', why: 'it is not beside it' })
  return { code, message, remedy, detail: null }
}

function neverHere(): never {
  throw new Error('the command line never asks this')
}

function hostInfo(practice: Partial<HostInfo['practice']>): HostInfo {
  return {
    firstnode: '0.1.0',
    kind: 'cli',
    platform: 'linux',
    hostName: 'alpha',
    user: 'someone',
    root: false,
    shell: 'sh',
    homeFolder: '/home/someone',
    separator: '/',
    canPick: false,
    canReveal: false,
    canClearClipboard: false,
    practice: { offered: true, version: '9.4.3', home: null, downloadBytes: 947_000_000, owner: 'someone', trouble: null, ...practice },
  }
}

function installation(state: HomeState): Installation {
  return {
    home: '/es',
    version: '9.4.3',
    major: 9,
    layout: 'archive',
    config: '/es/config',
    configSource: 'layout',
    data: ['/es/data'],
    logs: '/es/logs',
    owner: null,
    runAs: null,
    java: null,
    javaTrouble: null,
    javaNeeds: { min: 21, max: null },
    disk: null,
    memory: { freeBytes: 1, totalBytes: 1 },
    ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false },
    maxMapCount: null,
    practice: false,
    state,
    stateReason: null,
  }
}

function refused(code: ProblemCode): Error {
  const data = viewOf(code)
  return new ORPCError('PROBLEM', { message: data.message, data })
}
