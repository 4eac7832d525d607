import type { CertificatesState } from '../../shared/contract/certificates.ts'
import { authorityPreviewed, certificatesLooked, renewalPreviewed, renewalUndone } from '../cli/certificate-answers.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { desktopProcedures } from '../../engine/host/desktop-procedures.ts'
import type { Desktop } from '../../engine/host/desktop.ts'
import type { WizardPlace } from '../../shared/contract/host.ts'
import type { FoundHome, FoundHomes } from '../../shared/contract/installation.ts'
import type { LogLine, SetupAnswers, SetupState } from '../../shared/contract/setup.ts'
import type { NewPassword } from '../../shared/contract/password.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { UnfinishedKind } from '../../shared/contract/unfinished.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { unfinishedWork } from '../../engine/plan/unfinished.ts'
import { timingsOf } from '../../engine/setup/setup-phases.ts'
import { WorkDesk } from '../../engine/work/work-desk.ts'
import { PlayedSetup } from './played-setup.ts'
import { making, undoing } from './played-work.ts'
import { fleetNeedsNothing } from '../../shared/clients/agent.ts'
import type { ShownNode } from '../../shared/contract/node.ts'
import { placeholderNode } from '../../shared/clients/client-node.ts'
import { nowWhat } from '../../shared/clients/now-what.ts'
import { snippetsFor } from '../../shared/clients/snippets.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { downloadingFor, offerFor } from './scripted-download.ts'
import { type HandoutScript, handoutScript, scriptedHandout } from './scripted-handout.ts'
import { scriptedJoin, scriptedToken } from './scripted-join.ts'
import * as answersOf from './scripted-answers.ts'
import { refuse, scriptedImplementer } from './scripted-implementer.ts'
import { kibanaScript, scriptedKibana, type KibanaScript } from './scripted-kibana.ts'
import { closingOf, openingOf, restarting, transportOf, type Opened } from './scripted-transport.ts'
import { lockedReport, remedyFor, remedySentences, skippedAndMore, skippedReport, staysReport } from './scripted-remedy.ts'

/** The situations the double can play. */
export type Scenario = 'one-new' | 'several' | 'nothing' | 'skipped' | 'stays' | 'in-use' | 'blocked' | 'configured' | 'configured-locked' | 'unfinished' | 'unfinished-locked' | 'locked' | 'fails' | 'refuses' | 'by-hand' | 'stopped' | 'unseen'
export const scenarios: readonly Scenario[] = ['one-new', 'several', 'nothing', 'skipped', 'stays', 'in-use', 'blocked', 'configured', 'configured-locked', 'unfinished', 'unfinished-locked', 'locked', 'fails', 'refuses', 'by-hand', 'stopped', 'unseen']

export interface ScriptedEngine {
  readonly router: ReturnType<typeof scripted>
  /** what was called, in order, by its path in the contract */
  readonly called: string[]
  /** forgets everything and plays another situation from now on */
  play(scenario: Scenario): void
  /** how long each phase takes, in ms */
  pace: number
  /** somebody edits the settings before the next remedy is applied */
  changeFileOnce(): void
  /** vm.max_map_count of the machine is too low, until the bootstrap checks are foreseen once more */
  fewMapsOnce(): void
  /** a further node joins the cluster */
  joinNode(name: string): void
  /** the log of the set-up that was begun last, whole */
  log(): readonly LogLine[]
  stage(): SetupState['stage'] | null
  /** of the work that was begun last */
  workStage(): WorkState['stage'] | null
  /** what the place that is kept speaks of */
  target(): NodeTarget | null
  /** the Kibanas it finds, and what becomes of them */
  readonly kibana: KibanaScript
  /** the cluster is red from now on */
  turnRed(): void
  /** the search for homes and Kibanas ends before it is through; null: it is through */
  endSearch(incomplete: FoundHomes['incomplete']): void
  /** an earlier Firstnode died over the home at this */
  leave(kind: UnfinishedKind, holder?: number): void
  /** the other nodes of the cluster are gone: how an undo that does not know that is refused */
  orphan(code: 'undo_no_master' | 'undo_absent_nodes'): void
  /** how an undo was asked for */
  readonly undoWishes: { readonly othersGone: boolean; readonly keystorePassword: string | null }[]
  /** what `show` has otherwise, from now on */
  showOtherwise(shown: Partial<ShownNode>): void
  /** the plans that somebody wished to apply */
  readonly applied: readonly string[]
  /** the answers of the plan that was applied last; null where none was */
  planned(): SetupAnswers | null
  /** how tokens were asked for */
  /** what the node has of certificates from now on */
  showCertificates(certificates: Partial<CertificatesState>): void
  readonly tokenWishes: { readonly url?: string; readonly force: boolean }[]
  readonly handout: HandoutScript
  /** done by a test in the middle of a call, before it is answered */
  onCall: (path: string) => unknown
}

/** A named double of the engine: the whole contract, answered from a script. Nothing is read, written or started. `desktop`: that of a host with a window. */
export function scriptedEngine(scenario: Scenario, pace = 300, desktop: Desktop | null = null): ScriptedEngine {
  const script: Script = { kibana: kibanaScript(), handout: handoutScript(), desktop, scenario, place: null, setups: new Map(), works: new WorkDesk(), lastWork: null, called: [], pace: () => engine.pace, onCall: (path) => engine.onCall(path), remedied: false, changedOnce: false, fewMaps: false, opened: [], joined: [], reopening: null, certificates: {}, red: false, shown: {}, applied: [], planned: null, tokenWishes: [], left: null, leftTo: null, orphaned: null, undoWishes: [], pending: null, incomplete: null }
  const engine: ScriptedEngine = {
    router: scripted(script),
    called: script.called,
    kibana: script.kibana,
    handout: script.handout,
    pace,
    changeFileOnce() {
      script.changedOnce = true
    },
    fewMapsOnce() {
      script.fewMaps = true
    },
    joinNode(name) {
      script.joined.push(name)
    },
    showOtherwise(shown) {
      script.shown = shown
    },
    showCertificates(certificates) {
      script.certificates = certificates
    },
    turnRed() {
      script.red = true
    },
    endSearch(incomplete) {
      script.incomplete = incomplete
      script.kibana.incomplete = incomplete
    },
    leave(kind, holder) {
      script.left = kind
      script.leftTo = holder ?? null
    },
    orphan(code) {
      script.orphaned = code
    },
    undoWishes: script.undoWishes,
    tokenWishes: script.tokenWishes,
    applied: script.applied,
    planned: () => script.planned,
    log: () => [...script.setups.values()].at(-1)?.log ?? [],
    stage: () => [...script.setups.values()].at(-1)?.state.stage ?? null,
    workStage: () => (script.lastWork === null ? null : script.works.live(script.lastWork).state.stage),
    target: () => script.place?.target ?? null,
    onCall: () => undefined,
    play(next) {
      script.scenario = next
      script.place = null
      script.remedied = false
      script.fewMaps = false
      script.opened = []
      script.joined = []
      script.reopening = null
      script.certificates = {}
      script.red = false
      script.shown = {}
      script.applied.length = 0
      script.planned = null
      script.tokenWishes.length = 0
      script.left = null
      script.orphaned = null
      script.undoWishes.length = 0
      script.pending = null
      script.incomplete = null
      script.setups.clear()
      Object.assign(script.kibana, kibanaScript())
      Object.assign(script.handout, handoutScript())
      script.works = new WorkDesk()
      script.lastWork = null
      engine.onCall = () => undefined
      script.called.length = 0
    },
  }
  return engine
}

interface Script {
  readonly kibana: KibanaScript
  readonly handout: HandoutScript
  readonly desktop: Desktop | null
  scenario: Scenario
  place: WizardPlace | null
  readonly setups: Map<string, PlayedSetup>
  works: WorkDesk
  lastWork: string | null
  readonly called: string[]
  readonly pace: () => number
  /** what stood in the way was undone */
  remedied: boolean
  changedOnce: boolean
  fewMaps: boolean
  opened: Opened
  /** names of the nodes that joined */
  joined: string[]
  /** the work that opens or closes transport */
  reopening: string | null
  /** what is special about the certificates of the node */
  certificates: Partial<CertificatesState>
  red: boolean
  shown: Partial<ShownNode>
  /** the plans that somebody wished to apply */
  readonly applied: string[]
  /** the answers of the plan that was applied */
  planned: SetupAnswers | null
  readonly tokenWishes: { readonly url?: string; readonly force: boolean }[]
  /** what an earlier Firstnode did not finish at the home */
  left: UnfinishedKind | null
  /** the living process that is at it */
  leftTo: number | null
  orphaned: 'undo_no_master' | 'undo_absent_nodes' | null
  readonly undoWishes: { readonly othersGone: boolean; readonly keystorePassword: string | null }[]
  /** the new password that nobody has yet */
  pending: NewPassword | null
  /** why the list of homes lacks some */
  incomplete: FoundHomes['incomplete']
  readonly onCall: (path: string) => unknown
}

function scripted(script: Script) {
  const os = scriptedImplementer(script)
  const beginWork = (state: WorkState, at: Pick<WizardPlace, 'step' | 'target'>): WorkState => {
    script.lastWork = state.workId
    script.place = { ...script.place, ...at, setupId: null, planId: null, workId: state.workId }
    return state
  }
  const setup = (id: string): PlayedSetup => script.setups.get(id) ?? refuse('no_such_setup', 'This set-up is not known here: the wizard that began it has ended.', 'Go back to Find and choose the home again; a set-up that was begun is taken up there.')
  const begin = (target: NodeTarget, kind: 'first-node' | 'joining' | 'configured' | 'as-is', answers: SetupAnswers = {}): SetupState => {
    const played = new PlayedSetup(target, kind, answers)
    script.setups.set(played.state.setupId, played)
    void played.play(script)
    script.place = { ...script.place, step: 'start', target, setupId: played.state.setupId, planId: null, workId: null }
    return played.state
  }
  const plans = new Map<string, { target: NodeTarget; answers: SetupAnswers; joins?: boolean }>()
  let made = 0
  /** The newest plan alone can be applied, as in the engine. */
  const keepPlan = (plan: { target: NodeTarget; answers: SetupAnswers; joins?: boolean }): string => {
    const planId = `plan-${++made}`
    plans.clear()
    plans.set(planId, plan)
    return planId
  }
  return os.router({
    host: {
      info: os.host.info.handler(() => answersOf.hostInfoOf(script.desktop !== null)),
      listFolder: os.host.listFolder.handler(({ input }) => answersOf.listing(input.path)),
      place: os.host.place.handler(() => script.place),
      keepPlace: os.host.keepPlace.handler(({ input }) => {
        script.place = input
      }),
      about: os.host.about.handler(() => answersOf.about(script.desktop !== null)),
      diagnostics: os.host.diagnostics.handler(() => ({ text: answersOf.diagnostics })),
      ...desktopProcedures(script.desktop),
    },
    installation: {
      find: os.installation.find.handler(() => ({ homes: homesOf(script), incomplete: script.incomplete })),
      inspect: os.installation.inspect.handler(({ input }) => {
        const unfinished = script.left === null ? {} : { unfinished: unfinishedWork(script.left, input.home, script.leftTo) }
        return { ...answersOf.installation(input.home, stateOf(script)), ...unfinished }
      }),
      unpack: os.installation.unpack.handler(async ({ input }) =>
        beginWork(
          await script.works.begin({
            what: { what: 'unpack', archive: input.archive, into: input.into },
            destination: input.into,
            work: making(script.pace, 'Unpacking', 1180, 'files', `${input.into}/elasticsearch-9.4.3`),
          }),
          { step: 'find', target: null },
        ),
      ),
      practiceCopy: os.installation.practiceCopy.handler(async () =>
        beginWork(
          await script.works.begin({
            what: { what: 'practice', version: '9.4.3' },
            destination: 'practice',
            work: making(script.pace, 'Downloading elasticsearch-9.4.3 from the Maven repository', 412_000_000, 'bytes', answersOf.mainHome),
          }),
          { step: 'find', target: null },
        ),
      ),
    },
    download: {
      offer: os.download.offer.handler(({ input }) => {
        if (script.scenario === 'nothing' && input.mirror === undefined) return refuse('download_unreachable', 'artifacts.elastic.co cannot be reached: host not found.', 'Check your internet connection. Behind a proxy, set HTTPS_PROXY; inside a company, name its mirror; or download the archive elsewhere and name the file.')
        return offerFor(input.product, input.mirror)
      }),
      begin: os.download.begin.handler(async ({ input }) => {
        const state = await script.works.begin(downloadingFor(input, script.pace))
        script.lastWork = state.workId
        return input.product === 'kibana' ? state : beginWork(state, { step: 'find', target: null })
      }),
    },
    handout: scriptedHandout(os, script.handout, (keystorePassword) => refuseLocked(script, keystorePassword)),
    work: {
      watch: os.work.watch.handler(({ input, signal }) => script.works.live(input.workId).watch(signal)),
      cancel: os.work.cancel.handler(({ input }) => script.works.live(input.workId).cancel()),
    },
    preflight: {
      run: os.preflight.run.handler(async () => {
        if (script.scenario === 'refuses') {
          return refuse('version_too_old', '/home/ana/elasticsearch-7.17.29 holds Elasticsearch 7.17.29. Security is configured at the first start from 8.0 on.', 'Use Elasticsearch 8 or 9.', 'lib/elasticsearch-7.17.29.jar')
        }
        if (script.scenario === 'skipped') return script.remedied ? answersOf.ready : skippedReport
        if (script.scenario === 'locked') return lockedReport
        if (script.scenario === 'in-use') return answersOf.skipped
        if (script.scenario === 'stays') return script.remedied ? staysReport : skippedAndMore
        if (script.scenario === 'blocked') return answersOf.blocked
        if (script.scenario === 'unseen') return answersOf.unseen
        if (isConfigured(script) || script.scenario === 'by-hand' || script.scenario === 'stopped') return answersOf.configured
        return answersOf.ready
      }),
      previewRemedy: os.preflight.previewRemedy.handler(({ input }) => ({ planId: 'remedy-1', ...remedyFor(input.target, script.scenario === 'stays') })),
      applyRemedy: os.preflight.applyRemedy.handler(() => {
        if (script.changedOnce) {
          script.changedOnce = false
          return refuse('changed_meanwhile', '/home/ana/elasticsearch-9.4.3/config/elasticsearch.yml was changed after the plan was made. Nothing was changed.', 'Look at the plan again and apply that one.')
        }
        script.remedied = true
        return { sentences: remedySentences, report: answersOf.ready }
      }),
    },
    join: {
      explain: os.join.explain.handler(({ input }) => {
        if (!input.token.startsWith('eyJ')) throw problem('token_unreadable', { why: 'it does not begin with eyJ' })
        return scriptedToken()
      }),
      plan: os.join.plan.handler(({ input }) => {
        if (input.answers.transportPort === 443) throw problem('port_taken', { ports: '443', layer: 'transport', setting: null })
        return scriptedJoin(input.target, keepPlan({ target: input.target, answers: {}, joins: true }), input.answers)
      }),
    },
    setup: {
      plan: os.setup.plan.handler(({ input }) => {
        if (script.scenario === 'locked' && input.answers.keystorePassword !== 'right') {
          const wrong = input.answers.keystorePassword !== undefined
          return refuse(
            wrong ? 'keystore_wrong_password' : 'keystore_locked',
            wrong ? 'The password of elasticsearch.keystore was not accepted.' : 'elasticsearch.keystore is protected by a password.',
            'Give the right one.',
          )
        }
        if (input.answers.httpPort === 443) throw problem('port_taken', { ports: '443', layer: 'HTTP', setting: null })
        if (input.answers.nodeName === 'node\u0000') throw problem('bad_node_name', { why: 'holds control characters' })
        const planId = keepPlan(input)
        const facts = answersOf.factsFor(input.answers)
        return { planId, target: input.target, facts, sentences: answersOf.sentencesFor(facts, input.target.home), changes: answersOf.changesFor(input.target.home) }
      }),
      discard: os.setup.discard.handler(({ input }) => void plans.delete(input.planId)),
      apply: os.setup.apply.handler(({ input }) => {
        script.applied.push(input.planId)
        if (script.changedOnce) {
          script.changedOnce = false
          throw problem('changed_meanwhile', { path: `${answersOf.mainHome}/config/elasticsearch.yml` })
        }
        const plan = plans.get(input.planId)
        if (plan === undefined) throw problem('no_such_plan', {})
        script.planned = plan.answers
        return begin(plan.target, plan.joins === true ? 'joining' : 'first-node', plan.answers)
      }),
      startAsIs: os.setup.startAsIs.handler(({ input }) => begin(input.target, 'as-is')),
      watch: os.setup.watch.handler(({ input, signal }) => setup(input.setupId).watch(signal)),
      cancel: os.setup.cancel.handler(({ input }) => setup(input.setupId).cancel()),
      credentials: os.setup.credentials.handler(({ input }) => {
        const { state } = setup(input.setupId)
        return {
          url: state.facts?.url ?? 'https://localhost:9200',
          username: 'elastic',
          password: answersOf.password,
          handedOver: state.stage === 'handed-over',
          caFingerprint: answersOf.caFingerprint,
          caCertificate: `${state.target.home}/config/certs/http_ca.crt`,
          caPem: answersOf.caPem,
          kibanaToken: tokenOf('kibana'),
          kibanaTokenTrouble: null,
          node: state.node,
          clusterName: 'elasticsearch',
          timings: timingsOf(state.phases, state.startedAt),
        }
      }),
      handedOver: os.setup.handedOver.handler(({ input }) => setup(input.setupId).handOver()),
      endUnfinished: os.setup.endUnfinished.handler(() => {
        script.left = null
        return { sentences: ['Firstnode restored the files as they were before.'] }
      }),
      resume: os.setup.resume.handler(({ input }) => {
        refuseLocked(script, input.answers?.keystorePassword)
        return begin(input.target, script.scenario === 'unfinished-locked' ? 'joining' : 'first-node', input.answers)
      }),
    },
    node: {
      status: os.node.status.handler(() => statusOf(script, runs(script))),
      start: os.node.start.handler(({ input }) => begin(input.target, script.scenario === 'by-hand' ? 'as-is' : 'configured')),
      stop: os.node.stop.handler(() => statusOf(script, false)),
      show: os.node.show.handler(({ input }) => {
        if (script.scenario === 'by-hand') return refuse('no_client_tls', 'Its settings turn on no TLS for clients.', 'Turn it on.')
        if (input.keystorePasswords) refuseLocked(script, input.keystorePassword)
        return {
        url: 'https://localhost:9200',
        caFingerprint: answersOf.caFingerprint,
        caCertificate: `${input.target.home}/config/certs/http_ca.crt`,
        caPem: answersOf.caPem,
        caValidUntil: Date.UTC(2029, 4, 20),
        certificateValidUntil: Date.UTC(2028, 4, 20),
        addresses: ['192.168.1.20', 'fe80::1'],
        keystorePasswords: input.keystorePasswords ? { http: 'vX2bq9LrT0KfQy3m', transport: 'a7PzD4nWc8JsHu1e' } : null,
        ...script.shown,
        }
      }),
    },
    cluster: {
      view: os.cluster.view.handler(() => ({
        name: 'elasticsearch',
        uuid: 'nX2s-k1TQ6q0dT9w',
        health: 'green',
        nodes: ['search-01', ...script.joined].map((name, index) => ({ name, address: `127.0.0.1:${9200 + index}`, version: '9.4.3', elected: index === 0 })),
      })),
      token: os.cluster.token.handler(({ input }) => {
        script.tokenWishes.push({ ...(input.url === undefined ? {} : { url: input.url }), force: input.force === true })
        if (script.red && input.force !== true) throw problem('cluster_red', { unassigned: 1, nodes: 1 })
        if (input.setupId !== undefined) return tokenOf(input.scope)
        if (input.url !== undefined && !input.url.startsWith('https://')) throw problem('url_not_https', { url: input.url })
        refuseLocked(script, input.keystorePassword)
        if (input.password !== undefined && input.password !== answersOf.password) {
          return refuse('wrong_password', 'Elasticsearch did not accept the password of elastic.', 'Give the right one.')
        }
        return { ...tokenOf(input.scope), ...(input.scope === 'node' ? { warning: answersOf.onlyHere } : {}) }
      }),
      newPassword: os.cluster.newPassword.handler(async ({ input }) => {
        await pause(script.pace())
        if (input.elasticPassword !== undefined && input.elasticPassword !== answersOf.password) {
          return refuse('wrong_password', 'Elasticsearch did not accept the password of elastic.', 'Give the right one.')
        }
        if (input.username === 'nobody') throw problem('no_such_user', { user: 'nobody' })
        refuseLocked(script, input.keystorePassword)
        const how = input.elasticPassword === undefined ? ('file-realm' as const) : ('elastic-password' as const)
        const set = { username: input.username, password: input.password ?? answersOf.newPassword, how, answered: true, proved: true, handedOver: false }
        return (script.pending = set)
      }),
      pendingPassword: os.cluster.pendingPassword.handler(() => script.pending),
      passwordHandedOver: os.cluster.passwordHandedOver.handler(({ input }) => {
        if (script.pending?.username === input.username) script.pending = null
      }),
      apiKey: os.cluster.apiKey.handler(({ input }) => {
        if (input.name.startsWith('_')) throw problem('api_key_name', { why: 'it begins with an underscore' })
        if (input.access.kind === 'write' && input.access.prefix.startsWith('-')) throw problem('api_key_prefix', {})
        return {
          id: 'VuaCfGcBCdbkQm-e5aOx',
          name: input.name,
          apiKey: 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==',
          createdAt: Date.now(),
          expiresAt: input.lifetime === null ? null : Date.now() + 30 * 86_400_000,
          sentences: ['It may read every index and see how the cluster is; it can change nothing.', 'It ends by itself in 30 days.'],
        }
      }),
      tryIt: os.cluster.tryIt.handler(() => ({
        call: 'GET https://localhost:9200/',
        status: 200,
        body: JSON.stringify({ name: 'search-01', cluster_name: 'elasticsearch', cluster_uuid: 'nX2s-k1TQ6q0dT9w', version: { number: '9.4.3' }, tagline: 'You Know, for Search' }),
        ms: 34,
      })),
    },
    clients: {
      snippets: os.clients.snippets.handler(({ input }) => {
        if (input.url?.startsWith('http:') === true) throw problem('no_client_address', { url: input.url })
        refuseLocked(script, input.keystorePassword)
        const node = input.target === null ? placeholderNode : { url: input.url ?? 'https://localhost:9200', caFingerprint: '5a'.repeat(32), caCertificate: `${input.target.home}/config/certs/http_ca.crt`, version: '9.4.3', windows: false }
        const { url, caFingerprint, caCertificate } = node
        return {
          clients: snippetsFor(node),
          url,
          caFingerprint,
          caCertificate,
          placeholders: input.target === null,
          addresses: ['https://localhost:9200', 'https://search-01:9200'],
          sentences: runs(script) ? [] : ['No node of this home runs. What is here comes from its settings, and works when it has been started.'],
          fleet: fleetNeedsNothing,
          links: [...nowWhat],
        }
      }),
    },
    undo: {
      preview: os.undo.preview.handler(() => ({
        sentences: ['The node is stopped.', 'Its data is deleted: this set-up formed the cluster.', 'Five files are removed, and elasticsearch.yml gets its former text.'],
        deletesData: true,
        stopsNode: runs(script),
        needsPassword: runs(script),
        needsKeystorePassword: !runs(script),
        refusal: null,
      })),
      apply: os.undo.apply.handler(async ({ input: { target, keystorePassword, othersGone = false } }) => {
        script.undoWishes.push({ othersGone, keystorePassword: keystorePassword ?? null })
        const orphaned = othersGone ? null : script.orphaned
        const opened = runs(script) || keystorePassword === 'right'
        const work = !opened ? refusing(problem('keystore_wrong_password', { path: 'elasticsearch.keystore' })) : orphaned === null ? undoing(script.pace) : refusing(orphanProblem(orphaned))
        return beginWork(await script.works.begin({ what: { what: 'undo', home: target.home, config: `${target.home}/config` }, destination: target.home, work }), { step: 'existing', target })
      }),
    },
    kibana: scriptedKibana(os, script.kibana),
    certificates: {
      look: os.certificates.look.handler(({ input }) => ({ ...certificatesLooked(script.certificates), target: input.target })),
      previewRenewal: os.certificates.previewRenewal.handler(({ input }) => ({ ...renewalPreviewed, added: input.san ?? [], target: input.target, authority: input.authority === true ? authorityPreviewed : null })),
      renew: os.certificates.renew.handler(async () => {
        const { works } = script
        const work = restarting(script.pace, ['The node serves its new HTTP certificate, valid until 2028-01-02.'], () => {
          if (script.works === works) script.certificates = {}
        })
        const what = { what: 'renew', home: answersOf.mainHome, config: `${answersOf.mainHome}/config` } as const
        return script.works.begin({ what, destination: answersOf.mainHome, work })
      }),
      underWay: os.certificates.underWay.handler(() => ({
        workId: script.works.underWay().find(({ what }) => what.what === 'renew')?.workId ?? null,
      })),
      previewUndo: os.certificates.previewUndo.handler(({ input }) => ({ ...renewalUndone, target: input })),
      undo: os.certificates.undo.handler(() => {
        throw problem('nothing_renewed', { home: answersOf.mainHome })
      }),
    },
    transport: {
      look: os.transport.look.handler(({ input }) => transportOf(input, script.opened, underWay(script))),
      previewOpening: os.transport.previewOpening.handler(({ input }) => {
        const { fewMaps } = script
        script.fewMaps = false
        if (input.hosts === '10.0.0.99') throw problem('transport_host_not_here', { host: '10.0.0.99', trouble: { kind: 'not-here' }, here: ['192.168.1.20', '10.8.0.4'] })
        return openingOf(input.target, input.hosts, fewMaps)
      }),
      open: os.transport.open.handler(async ({ input }) => {
        const hosts = [input.planId.replace('opening of ', '')]
        const sentences = ['The node "search-01" runs again, as process 48377, and answers by TLS with its own CA.', `Transport is bound to ${hosts.join()}:9300; other nodes are told ${hosts.join()}:9300, and that answers.`, 'The cluster is green, with 1 node.']
        const { works } = script
        const work = restarting(script.pace, sentences, () => {
          if (script.works === works) script.opened = hosts
        })
        return begunAt(script, await script.works.begin({ what: { what: 'open', home: answersOf.mainHome, config: `${answersOf.mainHome}/config`, hosts }, destination: answersOf.mainHome, work }))
      }),
      previewClosing: os.transport.previewClosing.handler(({ input }) => closingOf(input)),
      close: os.transport.close.handler(async ({ input: { target } }) => {
        const sentences = [`${target.home}/config/elasticsearch.yml was put back as it was before the opening.`, 'The node "search-01" runs again, as process 48512, and answers by TLS with its own CA.', 'Transport is bound to 127.0.0.1:9300; other nodes are told 127.0.0.1:9300, and that answers.']
        const { works } = script
        const work = restarting(script.pace, sentences, () => {
          if (script.works === works) script.opened = []
          if (script.works === works) script.left = null
        })
        return begunAt(script, await script.works.begin({ what: { what: 'close', home: target.home, config: `${target.home}/config` }, destination: target.home, work }))
      }),
    },
  })
}

function homesOf(script: Script): FoundHome[] {
  if (script.scenario === 'nothing') return []
  if (script.scenario === 'several') return answersOf.severalHomes
  if (isConfigured(script)) return [answersOf.foundHome({ home: answersOf.mainHome, state: 'running' })]
  if (script.scenario === 'by-hand' || script.scenario === 'stopped') return [answersOf.foundHome({ home: answersOf.mainHome, state: 'configured' })]
  if (script.scenario === 'unfinished') return [answersOf.foundHome({ home: answersOf.mainHome, state: 'unfinished', stateReason: 'A set-up began here and nobody has its password yet.' })]
  if (script.scenario === 'unfinished-locked') return [answersOf.foundHome({ home: answersOf.mainHome, state: 'unfinished', stateReason: 'Joining a cluster began here and did not end.' })]
  return [answersOf.foundHome({ home: answersOf.mainHome })]
}

const refusing = (refusal: Problem) => () => Promise.reject(refusal)

function orphanProblem(code: 'undo_no_master' | 'undo_absent_nodes'): Problem {
  return code === 'undo_no_master' ? problem(code, { indices: ['books'] }) : problem(code, { nodes: ['search-02 (ID 7Qb2)'] })
}

const isConfigured = ({ scenario }: Script): boolean => scenario === 'configured' || scenario === 'configured-locked' || scenario === 'unseen'

function refuseLocked({ scenario }: Script, keystorePassword: string | undefined): void {
  if ((scenario !== 'configured-locked' && scenario !== 'unfinished-locked') || keystorePassword === 'right') return
  const wrong = keystorePassword !== undefined
  refuse(
    wrong ? 'keystore_wrong_password' : 'keystore_locked',
    wrong ? 'The password of elasticsearch.keystore was not accepted.' : 'elasticsearch.keystore is protected by a password.',
    'Give the right one.',
  )
}
function begunAt(script: Script, state: WorkState): WorkState {
  script.lastWork = state.workId
  script.reopening = state.workId
  return state
}

function underWay({ works, reopening }: Script): string | null {
  return reopening !== null && !works.live(reopening).ended ? reopening : null
}


/** Whether the node of the home runs: from the beginning, or since it was started. */
function runs({ scenario, setups }: Script): boolean {
  return (scenario !== 'by-hand' && scenario !== 'stopped') || [...setups.values()].some(({ state }) => state.stage === 'ready')
}

function stateOf(script: Script): 'running' | 'configured' | 'unfinished' | 'new' {
  if (script.scenario === 'by-hand' || script.scenario === 'stopped') return runs(script) ? 'running' : 'configured'
  return isConfigured(script) ? 'running' : script.scenario === 'unfinished' || script.scenario === 'unfinished-locked' ? 'unfinished' : 'new'
}

function statusOf(script: Script, running: boolean) {
  const secured = script.scenario !== 'by-hand'
  const url = `${secured ? 'https' : 'http'}://localhost:9200`
  return {
    running,
    node: running ? { pid: 48_213, name: 'search-01', version: '9.4.3', startedAt: Date.now() - 3_600_000, httpPort: 9200, logFile: `${answersOf.mainHome}/logs/elasticsearch.log` } : null,
    url,
    secured,
    answering: running,
    sentence: running ? `It answers on ${url}.` : 'Nothing listens on its port.',
    // nobody gave a password
    health: null,
    master: null,
    certificateValidUntil: null,
  }
}

function tokenOf(scope: 'node' | 'kibana') {
  const createdAt = Date.now()
  return { scope, token: answersOf.token, createdAt, expiresAt: createdAt + 30 * 60_000 }
}
