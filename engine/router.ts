import type { WizardPlace } from '../shared/contract/host.ts'
import type { FoundHomes } from '../shared/contract/installation.ts'
import type { SetupState } from '../shared/contract/setup.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import type { WorkState } from '../shared/contract/work.ts'
import { decodeEnrollmentToken } from '../shared/enrollment-token.ts'
import { Secret } from '../shared/secret.ts'
import { lookAtCertificates } from './certificates/look.ts'
import { RenewalDesk } from './certificates/renewal-desk.ts'
import { previewRenewalUndo } from './certificates/undo-renewal.ts'
import { viewCluster } from './cluster/view.ts'
import { explainToken } from './enroll/explain-token.ts'
import { aboutFirstnode } from './host/about.ts'
import type { Desktop, HostAccount } from './host/desktop.ts'
import { quietAccount } from './host/desktop.ts'
import { desktopProcedures } from './host/desktop-procedures.ts'
import { diagnosticsText } from './host/diagnostics.ts'
import { hostInfo, type HostKind } from './host/host-info.ts'
import { implementer as os } from './implementer.ts'
import { HandoutDesk } from './handout/handout-desk.ts'
import { findHomes } from './installation/find.ts'
import { listFolder } from './installation/folders.ts'
import { inspect } from './installation/inspect.ts'
import type { Elastic } from './kibana/connect-kibana.ts'
import { findKibanas } from './kibana/find-kibanas.ts'
import { KibanaDesk } from './kibana/kibana-desk.ts'
import { runPreflight } from './preflight/preflight.ts'
import { RemedyDesk } from './setup/remedy-desk.ts'
import { askCluster, tokenFor, tryIt } from './setup/asking.ts'
import { clientSnippetsOf } from './setup/client-snippets.ts'
import { apiKeyFor } from './setup/make-api-key.ts'
import { endUnfinished } from './setup/end-unfinished.ts'
import { newPassword } from './setup/new-password.ts'
import { PendingPasswords } from './setup/pending-passwords.ts'
import { nodeStatus, stopNodeOf } from './setup/node-of.ts'
import { SetupDesk } from './setup/setup-desk.ts'
import { showNode } from './setup/show.ts'
import { previewUndo } from './setup/undo.ts'
import { previewClosing } from './transport/closing.ts'
import { TransportDesk } from './transport/transport-desk.ts'
import { searchProblem, type Unsearched } from './system/search-places.ts'
import { downloading, offered } from './work/download.ts'
import { fetchingPractice, unpacking } from './work/make-home.ts'
import { undoing } from './work/undo-setup.ts'
import type { Work } from './work/live-work.ts'
import { WorkDesk } from './work/work-desk.ts'

/** The engine as a host carries it. */
export interface Engine {
  readonly router: ReturnType<typeof routerOver>
  /** What would be put back or given up if the host ended now. */
  underWay(): (SetupState | WorkState)[]
  /** Calls `listener` whenever something begins or ends that `underWay` names. */
  onUnderWay(listener: () => void): void
  /** Tells every change of a set-up, until it is told to stop: for what a host shows outside of the page. */
  onSetup(listener: (state: SetupState) => void): () => void
  /** Cancels what is being applied and waits until it is put back; nodes that run stay. */
  close(): Promise<void>
}

export interface EngineOptions {
  readonly kind: HostKind
  /** the folder of the sources, where the practice copy is offered; null in an installed package */
  readonly checkout: string | null
  /** of a host with a window */
  readonly desktop?: Desktop
  readonly account?: HostAccount
}

export function createEngine(options: EngineOptions): Engine {
  const desk = new SetupDesk()
  const works = new WorkDesk()
  const kibanas = new KibanaDesk()
  return {
    router: routerOver(desk, works, new RemedyDesk(), kibanas, options),
    underWay: () => [...desk.underWay(), ...works.underWay()],
    onUnderWay(listener) {
      desk.onState(listener)
      works.onChange(listener)
    },
    onSetup: (listener) => desk.onState(listener),
    close: async () => void (await Promise.all([works.close(), desk.close(), kibanas.close()])),
  }
}

function routerOver(desk: SetupDesk, works: WorkDesk, remedies: RemedyDesk, kibanas: KibanaDesk, options: EngineOptions) {
  const account = options.account ?? quietAccount
  const transports = new TransportDesk(desk, works)
  const renewals = new RenewalDesk(works)
  const handouts = new HandoutDesk(desk)
  const pending = new PendingPasswords()
  const { desktop } = options
  const askProxy = desktop === undefined ? undefined : (address: string) => desktop.proxyFor(address)
  let place: WizardPlace | null = null
  /** A page that is reloaded before it heard the answer finds its set-up, or its work, all the same. */
  const started = (state: SetupState): SetupState => {
    place = { ...place, step: 'start', target: state.target, setupId: state.setupId, planId: null, workId: null }
    return state
  }
  const begun = (state: WorkState, at: Pick<WizardPlace, 'step' | 'target'>): WorkState => {
    place = { ...place, ...at, setupId: null, planId: null, workId: state.workId }
    return state
  }
  /** Who presses Ctrl-C insists; a page that is reloaded, or loses its connection, wants nothing by it. */
  const insists = (signal: AbortSignal | undefined): AbortSignal | undefined => (options.kind === 'cli' ? signal : undefined)
  const elasticOf = (setupId: string | undefined): Elastic | null => {
    const { password = null, caFingerprint = '' } = setupId === undefined ? {} : (desk.live(setupId).handover ?? {})
    return password === null ? null : { password, caFingerprint }
  }
  const elasticGiven = (password: string | undefined): Elastic | null =>
    password === undefined ? null : { password: new Secret(password), caFingerprint: null }
  return os.router({
    host: {
      info: os.host.info.handler(() => hostInfo(options)),
      listFolder: os.host.listFolder.handler(({ input }) => listFolder(input.path)),
      place: os.host.place.handler(() => place),
      keepPlace: os.host.keepPlace.handler(({ input }) => {
        place = input
      }),
      about: os.host.about.handler(() => aboutFirstnode(account)),
      diagnostics: os.host.diagnostics.handler(async () => ({ text: await diagnosticsText({ kind: options.kind, account, passwordOf: (config) => desk.passwordOf(config) }) })),
      ...desktopProcedures(options.desktop ?? null),
    },
    installation: {
      find: os.installation.find.handler(async () => {
        const { homes, unsearched } = await findHomes()
        return { homes, incomplete: searchIncomplete('Elasticsearch', unsearched) }
      }),
      inspect: os.installation.inspect.handler(({ input }) => inspect(input)),
      unpack: os.installation.unpack.handler(async ({ input }) => begun(await works.begin(unpacking(input)), { step: 'find', target: null })),
      practiceCopy: os.installation.practiceCopy.handler(async ({ input }) => begun(await works.begin(fetchingPractice(input)), { step: 'find', target: null })),
    },
    download: {
      offer: os.download.offer.handler(({ input, signal }) => offered(input, { signal, askProxy })),
      begin: os.download.begin.handler(async ({ input }) => {
        const state = await works.begin(downloading(input, askProxy))
        // A Kibana is a matter of the page that asks for it; an Elasticsearch is where the wizard is.
        return input.product === 'kibana' ? state : begun(state, { step: 'find', target: null })
      }),
    },
    work: {
      watch: os.work.watch.handler(({ input, signal }) => works.live(input.workId).watch(signal)),
      cancel: os.work.cancel.handler(({ input }) => works.live(input.workId).cancel()),
    },
    preflight: {
      run: os.preflight.run.handler(async ({ input: { keystorePassword, ...target } }) => runPreflight(await inspect(target), keystorePassword === undefined ? {} : { keystorePassword: new Secret(keystorePassword) })),
      previewRemedy: os.preflight.previewRemedy.handler(({ input }) => remedies.preview(input.target, secret(input.keystorePassword))),
      applyRemedy: os.preflight.applyRemedy.handler(({ input, signal }) => remedies.apply(input.planId, insists(signal))),
    },
    setup: {
      plan: os.setup.plan.handler(({ input, signal }) => desk.plan(input.target, input.answers, signal)),
      discard: os.setup.discard.handler(({ input }) => desk.discard(input.planId)),
      apply: os.setup.apply.handler(async ({ input }) => started(await desk.apply(input.planId))),
      startAsIs: os.setup.startAsIs.handler(async ({ input }) => started(await desk.startAsIs(input.target, { heap: input.heap, keystorePassword: secret(input.keystorePassword) }))),
      watch: os.setup.watch.handler(({ input, signal }) => desk.live(input.setupId).watch(signal)),
      cancel: os.setup.cancel.handler(({ input }) => desk.cancel(input.setupId)),
      credentials: os.setup.credentials.handler(({ input }) => desk.credentials(input.setupId)),
      handedOver: os.setup.handedOver.handler(({ input }) => desk.handedOver(input.setupId)),
      endUnfinished: os.setup.endUnfinished.handler(async ({ input }) => ({ sentences: await endUnfinished(await inspect(input)) })),
      resume: os.setup.resume.handler(async ({ input }) => started(await desk.resume(input.target, input.answers))),
    },
    join: {
      explain: os.join.explain.handler(({ input }) => explainToken(decodeEnrollmentToken(input.token))),
      plan: os.join.plan.handler(({ input, signal }) => desk.planJoin(input, signal ?? new AbortController().signal)),
    },
    node: {
      status: os.node.status.handler(async ({ input: { password, ...target } }) => {
        const installation = await inspect(target)
        return nodeStatus(installation, secret(password) ?? desk.passwordOf(installation.config))
      }),
      start: os.node.start.handler(async ({ input }) => started(await desk.start(input.target, secret(input.keystorePassword)))),
      stop: os.node.stop.handler(async ({ input, signal }) => {
        const installation = await inspect(input)
        return desk.alone(installation, () => stopNodeOf(installation, insists(signal)))
      }),
      show: os.node.show.handler(async ({ input }) => showNode(await inspect(input.target), input.keystorePasswords, secret(input.keystorePassword))),
    },
    cluster: {
      view: os.cluster.view.handler(({ input }) => askCluster(desk, asked(input), (cluster) => viewCluster(cluster))),
      token: os.cluster.token.handler(({ input, signal }) => {
        const { scope, url, force, settings } = input
        return tokenFor(desk, asked(input), { scope, url, force, settings, password: secret(input.password), keystorePassword: secret(input.keystorePassword) }, insists(signal))
      }),
      tryIt: os.cluster.tryIt.handler(({ input }) => tryIt(desk, asked(input))),
      newPassword: os.cluster.newPassword.handler(async ({ input, signal }) => {
        const { username, url } = input
        const installation = await inspect(input.target)
        const wanted = { username, url, elasticPassword: secret(input.elasticPassword), password: secret(input.password) ?? null, keystorePassword: secret(input.keystorePassword) }
        const set = await newPassword(installation, wanted, insists(signal))
        if (username === 'elastic') desk.renewPassword(installation.config, new Secret(set.password))
        // The command line hands it over itself.
        if (options.kind !== 'cli') pending.keep(installation.config, set)
        return set
      }),
      pendingPassword: os.cluster.pendingPassword.handler(async ({ input }) => pending.of((await inspect(input)).config)),
      passwordHandedOver: os.cluster.passwordHandedOver.handler(async ({ input }) => pending.handedOver((await inspect(input.target)).config, input.username)),
      apiKey: os.cluster.apiKey.handler(({ input, signal }) => {
        const { name, lifetime, access } = input
        return apiKeyFor(desk, asked(input), { name, lifetime, access }, { keystorePassword: secret(input.keystorePassword), signal: insists(signal) })
      }),
    },
    clients: {
      snippets: os.clients.snippets.handler(({ input }) => clientSnippetsOf(input.target, { url: input.url, keystorePassword: secret(input.keystorePassword) })),
    },
    undo: {
      preview: os.undo.preview.handler(async ({ input }) => previewUndo(await inspect(input))),
      apply: os.undo.apply.handler(async ({ input }) => {
        const password = input.setupId === undefined ? secret(input.password) : desk.live(input.setupId).handover?.password
        const secrets = { password: password ?? undefined, keystorePassword: secret(input.keystorePassword), othersGone: input.othersGone }
        const { work, ...asked } = await undoing(desk, input.target, secrets)
        const forgetting: Work = async (told) => {
          const done = await work(told)
          pending.forget(asked.destination)
          return done
        }
        return begun(await works.begin({ ...asked, work: forgetting }), { step: 'existing', target: input.target })
      }),
    },
    kibana: {
      find: os.kibana.find.handler(async ({ input }) => {
        const { kibanas: found, unsearched } = await findKibanas(input.beside)
        return { kibanas: found, incomplete: searchIncomplete('Kibana', unsearched) }
      }),
      look: os.kibana.look.handler(({ input }) => kibanas.look(input)),
      preview: os.kibana.preview.handler(({ input, signal }) => kibanas.preview(input.target, new Secret(input.token), { replace: input.replace, signal: insists(signal) })),
      apply: os.kibana.apply.handler(({ input, signal }) => kibanas.apply(input.planId, { signal: insists(signal), elastic: elasticOf(input.setupId) ?? elasticGiven(input.password) })),
      start: os.kibana.start.handler(async ({ input }) => {
        const run = await kibanas.start(input.target, { interactive: input.interactive })
        if (place !== null) place = { ...place, kibanaRunId: run.runId }
        return run
      }),
      watch: os.kibana.watch.handler(({ input, signal }) => kibanas.live(input.runId).watch(signal)),
      stop: os.kibana.stop.handler(({ input }) => kibanas.stop(input.runId)),
      open: os.kibana.open.handler(({ input }) => kibanas.open(input.runId)),
      previewUndo: os.kibana.previewUndo.handler(({ input }) => kibanas.previewUndo(input)),
      undo: os.kibana.undo.handler(({ input }) => kibanas.undo(input)),
    },
    handout: {
      file: os.handout.file.handler(({ input, signal }) => handouts.file({ asked: asked(input), token: input.token, keystorePassword: secret(input.keystorePassword) }, { format: input.format, passphrase: secret(input.passphrase) }, signal)),
      previewEnv: os.handout.previewEnv.handler(({ input, signal }) => handouts.previewEnv({ asked: asked(input), keystorePassword: secret(input.keystorePassword) }, { folder: input.folder, gitignore: input.gitignore === true }, signal)),
      applyEnv: os.handout.applyEnv.handler(({ input, signal }) => handouts.applyEnv(input.planId, insists(signal))),
    },
    certificates: {
      look: os.certificates.look.handler(({ input }) => lookAtCertificates(input.target, secret(input.keystorePassword) ?? null)),
      previewRenewal: os.certificates.previewRenewal.handler(({ input }) => renewals.preview({ ...input, keystorePassword: secret(input.keystorePassword) })),
      renew: os.certificates.renew.handler(({ input }) => renewals.renew(input.planId)),
      underWay: os.certificates.underWay.handler(({ input }) => renewals.underWay(input)),
      previewUndo: os.certificates.previewUndo.handler(({ input }) => previewRenewalUndo(input)),
      undo: os.certificates.undo.handler(({ input }) => renewals.undo(input)),
    },
    transport: {
      look: os.transport.look.handler(({ input }) => transports.look(input)),
      previewOpening: os.transport.previewOpening.handler(({ input }) => transports.preview(input.target, input.hosts, secret(input.keystorePassword))),
      open: os.transport.open.handler(({ input }) => transports.open(input.planId, secret(input.password))),
      previewClosing: os.transport.previewClosing.handler(({ input }) => previewClosing(input)),
      close: os.transport.close.handler(({ input }) => transports.close(input.target, secret(input.password), secret(input.keystorePassword))),
    },
  })
}

interface AskedInput {
  target: NodeTarget
  setupId?: string | undefined
  password?: string | undefined
  url?: string | undefined
}

function asked(input: AskedInput): { target: NodeTarget; setupId?: string; password?: Secret; url?: string } {
  return {
    target: input.target,
    ...(input.setupId === undefined ? {} : { setupId: input.setupId }),
    ...(input.password === undefined ? {} : { password: new Secret(input.password) }),
    ...(input.url === undefined ? {} : { url: input.url }),
  }
}

function secret(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text)
}

function searchIncomplete(what: 'Elasticsearch' | 'Kibana', unsearched: Unsearched): FoundHomes['incomplete'] {
  const told = searchProblem(what, unsearched)
  return told === null ? null : { code: told.code, message: told.message, remedy: told.remedy }
}
