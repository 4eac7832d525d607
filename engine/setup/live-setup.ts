import { randomUUID } from 'node:crypto'
import type { Credentials, EnrollmentTokenView, LogLine, PhaseId, SetupState } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { Secret } from '../../shared/secret.ts'
import type { HomeLock } from '../plan/lock.ts'
import type { HttpCa } from '../security/http-ca.ts'
import type { NodeTls } from '../security/node-tls.ts'
import { StateAndLog } from '../work/state-and-log.ts'
import { beginPhase, endPhase, phasesOf } from './setup-phases.ts'

export type SetupKind = 'first-node' | 'joining' | 'configured' | 'as-is'

/** What the hand-over gives away, kept in memory only until the host ends. */
export interface Handover {
  readonly url: string
  readonly tls: NodeTls
  readonly caCertificate: string
  readonly caFingerprint: string
  readonly password: Secret | null
  kibanaToken: EnrollmentTokenView | null
  kibanaTokenTrouble: Credentials['kibanaTokenTrouble']
}

/** The hand-over of a node at `url`, called like this, before there is a token for Kibana. */
export function newHandover(url: string, { ca, tls }: HandedOver, password: Secret | null): Handover {
  const { path: caCertificate, fingerprint: caFingerprint } = ca
  return { url, tls, caCertificate, caFingerprint, password, kibanaToken: null, kibanaTokenTrouble: null }
}

/** What a hand-over says of the CA of its node, and how that is called. */
export interface HandedOver {
  readonly ca: Pick<HttpCa, 'path' | 'fingerprint'>
  readonly tls: NodeTls
}

const endStages: readonly SetupState['stage'][] = ['ready', 'handed-over', 'cancelled', 'failed']

/** A set-up under way or done, as this process knows it. Pages come and go; it stays. */
export class LiveSetup extends StateAndLog<SetupState> {
  readonly controller = new AbortController()
  handover: Handover | null = null
  /** the hand-over under way */
  handing: Promise<void> | null = null
  readonly config: string
  readonly kind: SetupKind
  #lock: HomeLock | null
  readonly #onState: (state: SetupState) => void
  /** the work itself: settles (never rejects) when the stage is ready, cancelled or failed */
  done: Promise<void> = Promise.resolve()

  constructor(target: NodeTarget, config: string, kind: SetupKind, now: number, lock: HomeLock | null, onState: (state: SetupState) => void = () => undefined) {
    const state: SetupState = {
      setupId: randomUUID(),
      target,
      stage: kind === 'first-node' || kind === 'joining' ? 'applying' : 'starting',
      asIs: kind === 'as-is',
      phases: phasesOf(kind),
      facts: null,
      problem: null,
      putBack: null,
      node: null,
      proof: null,
      notes: [],
      startedAt: now,
    }
    super(state, ({ stage }) => endStages.includes(stage))
    this.#onState = onState
    this.config = config
    this.kind = kind
    this.#lock = lock
  }

  get hasLock(): boolean {
    return this.#lock !== null
  }

  /** Gives the home free for others; can be called again. */
  async unlock(): Promise<void> {
    const lock = this.#lock
    this.#lock = null
    await lock?.release()
  }

  override update(change: Partial<SetupState>): void {
    super.update(change)
    this.#onState(this.state)
  }

  /** Takes over the port that HTTP was really bound to: an unnamed one moves on where another process was quicker. */
  boundTo(port: number): void {
    const { handover } = this
    if (handover === null || handover.url.endsWith(`:${port}`)) return
    const url = handover.url.replace(/:\d+$/, `:${port}`)
    this.handover = { ...handover, url }
    const { facts, notes } = this.state
    const { host, port: wanted } = new URL(handover.url)
    const note = wanted === '0' ? `The system chose port ${port}.` : `${host} was taken meanwhile, so the node answers on port ${port}.`
    this.update({ notes: [...notes, note], facts: facts === null ? null : { ...facts, httpPort: port, url } })
  }

  begin(id: PhaseId): void {
    this.update({ phases: beginPhase(this.state.phases, id, Date.now()) })
  }

  end(id: PhaseId): void {
    this.update({ phases: endPhase(this.state.phases, id, Date.now()) })
  }

  /** Marks the line that explains a failure: it is told once more, with `explains`. */
  explain(line: LogLine): void {
    this.tellAgain({ ...line, explains: true })
  }
}
