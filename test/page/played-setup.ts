import { setTimeout as pause } from 'node:timers/promises'
import type { LogLine, Phase, SetupAnswers, SetupEvent, SetupState } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { beginPhase, endPhase, failPhase, phasesOf } from '../../engine/setup/setup-phases.ts'
import { joinedCluster } from './scripted-join.ts'
import * as answersOf from './scripted-answers.ts'

/** A set-up that goes through its phases at the pace of the script. */
export class PlayedSetup {
  state: SetupState
  readonly #log: LogLine[] = []
  readonly #watchers = new Set<(event: SetupEvent | null) => void>()
  #cancelled = false
  readonly #kind: 'first-node' | 'joining' | 'configured' | 'as-is'

  constructor(target: NodeTarget, kind: 'first-node' | 'joining' | 'configured' | 'as-is', answers: SetupAnswers) {
    this.#kind = kind
    this.state = {
      setupId: `setup-${Math.random().toString(36).slice(2)}`,
      target,
      stage: kind === 'first-node' || kind === 'joining' ? 'applying' : 'starting',
      asIs: kind === 'as-is',
      phases: phasesOf(kind),
      facts: { ...answersOf.factsFor(answers), ...(kind === 'joining' ? { nodeName: 'search-02', clusterName: 'search' } : {}) },
      problem: null,
      putBack: null,
      node: null,
      proof: null,
      notes: [],
      startedAt: Date.now(),
    }
  }

  get log(): readonly LogLine[] {
    return this.#log
  }

  async play(script: { readonly scenario: string; readonly pace: () => number }): Promise<void> {
    for (const { id } of this.state.phases) {
      if (this.#cancelled) return
      this.#update({ phases: beginPhase(this.state.phases, id, Date.now()), stage: stageOf(id) })
      await this.#pass(script.pace(), id)
      if (script.scenario === 'fails' && id === 'listening') return this.#fail()
    }
    if (this.#cancelled) return
    if (this.#kind === 'joining') this.#update({ phases: endPhase(this.state.phases, 'joined', Date.now()), stage: 'handed-over', joined: joinedCluster })
    else this.#update({ phases: endPhase(this.state.phases, 'proved', Date.now()), stage: 'ready' })
    this.#end()
  }

  async #pass(ms: number, id: Phase['id']): Promise<void> {
    const logs = id !== 'keys' && id !== 'files'
    for (let part = 0; part < 4; part += 1) {
      if (logs && !this.#cancelled) this.#tell(logLine(`[search-01] ${logWords[(this.#log.length + part) % logWords.length]}`))
      await pause(ms / 4)
    }
  }

  #fail(): void {
    const line = logLine('[search-01] fatal exception while booting Elasticsearch: BindHttpException: Failed to bind to 0.0.0.0:9200', 'ERROR')
    this.#tell(line)
    for (let after = 0; after < 12; after += 1) this.#tell(logLine(`    at org.elasticsearch.http.AbstractHttpServerTransport.bindAddress(AbstractHttpServerTransport.java:${after + 300})`, 'ERROR'))
    this.#tell({ ...line, explains: true })
    this.#update({
      stage: 'failed',
      phases: failPhase(this.state.phases, Date.now()),
      problem: {
        code: 'node_port_taken',
        message: 'Something else listens on 0.0.0.0:9200 already.',
        remedy: 'Stop what listens there, or give the node another port (http.port, transport.port).',
        detail: 'BindHttpException: Failed to bind to 0.0.0.0:9200',
      },
      putBack: 'The node was stopped, the data it had formed is gone and every file is as it was before. The log of the start is kept in ~/.local/state/firstnode/failed-starts/elasticsearch.log.',
    })
    this.#end()
  }

  async cancel(): Promise<SetupState> {
    this.#cancelled = true
    this.#update({ stage: 'cancelling', phases: failPhase(this.state.phases, Date.now()) })
    await pause(400)
    this.#update({ stage: 'cancelled', putBack: 'The node was stopped and every file is as it was before.', problem: { code: 'cancelled', message: 'Cancelled. Everything is as it was before.', remedy: 'Begin again whenever it suits.', detail: null } })
    this.#end()
    return this.state
  }

  handOver(): SetupState {
    this.#update({ stage: 'handed-over' })
    return this.state
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<SetupEvent, void> {
    const waiting: (SetupEvent | null)[] = []
    let wake = (): void => undefined
    const listen = (event: SetupEvent | null): void => {
      waiting.push(event)
      wake()
    }
    this.#watchers.add(listen)
    signal?.addEventListener('abort', () => listen(null))
    try {
      const soFar = [...this.#log]
      yield { type: 'state', state: this.state }
      if (soFar.length > 0) yield { type: 'log', lines: soFar, dropped: 0 }
      while (!['ready', 'handed-over', 'cancelled', 'failed'].includes(this.state.stage) || waiting.length > 0) {
        const event = waiting.shift()
        if (event === null) return
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.#watchers.delete(listen)
    }
  }

  #update(change: Partial<SetupState>): void {
    this.state = { ...this.state, ...change }
    for (const tell of this.#watchers) tell({ type: 'state', state: this.state })
  }

  #tell(line: LogLine): void {
    this.#log.push(line)
    for (const tell of this.#watchers) tell({ type: 'log', lines: [line], dropped: 0 })
  }

  #end(): void {
    for (const tell of this.#watchers) tell(null)
  }
}

function stageOf(id: Phase['id']): SetupState['stage'] {
  if (id === 'keys' || id === 'files') return 'applying'
  return id === 'proved' || id === 'answering' ? 'proving' : 'starting'
}

const logWords = [
  'version[9.4.3], pid[48213], build[default/tar], OS[Linux/6.12.0/amd64], JVM[Oracle Corporation/OpenJDK 64-Bit Server VM/25.0.1]',
  'JVM arguments [-Des.networkaddress.cache.ttl=60, -Xms7680m, -Xmx7680m, -XX:+UseG1GC]',
  'loaded module [analysis-common]',
  'loaded module [x-pack-security]',
  'using [1] data paths, mounts [[/ (/dev/vda1)]], net usable_space [78.2gb], types [ext4]',
  'Security is enabled',
  'starting ...',
  'publish_address {127.0.0.1:9300}, bound_addresses {[::1]:9300}, {127.0.0.1:9300}',
  'elected-as-master ([1] nodes joined), term: 1, version: 1',
]

function logLine(text: string, level = 'INFO'): LogLine {
  return { at: Date.now(), level, text, explains: false }
}
