import type { Phase, PhaseId } from '../../shared/contract/setup.ts'

const words: Record<PhaseId, { title: string; detail: string }> = {
  keys: { title: 'Make keys', detail: 'Four RSA keys of 4096 bits: two authorities, one key for HTTP, one for transport.' },
  files: { title: 'Write files', detail: 'Certificates, both stores, the keystore and the settings, all or none.' },
  jvm: { title: 'Start Java', detail: 'The Java process begins and reads its options.' },
  modules: { title: 'Load modules', detail: 'Elasticsearch loads its modules and plugins.' },
  tls: { title: 'Turn on TLS', detail: 'Security reads the keys and certificates.' },
  listening: { title: 'Listen', detail: 'Transport and HTTP are bound to their ports.' },
  elected: { title: 'Elect a master', detail: 'The node forms the cluster and elects itself.' },
  'security-index': { title: 'Open the security index', detail: 'The index that holds users and tokens comes up.' },
  answering: { title: 'Answer', detail: 'HTTPS answers.' },
  proved: { title: 'Verify', detail: 'HTTPS with the CA, login with the password, cluster health.' },
  joined: { title: 'Node is in the cluster', detail: 'The cluster itself lists the new node.' },
}

/** What a start without a set-up before it does otherwise: its keys and its password are its own, or there are none. */
const otherDetails: Readonly<Record<'configured' | 'as-is', Partial<Record<PhaseId, string>>>> = {
  configured: { elected: 'The node forms its cluster, or joins it.', proved: 'TLS with its own CA, and an answer. Its password is not known here.' },
  'as-is': { elected: 'The node forms its cluster, or joins it.', answering: 'Its HTTP port answers. What it lets in is for its settings to say.' },
}

const whole: readonly PhaseId[] = ['keys', 'files', 'jvm', 'modules', 'tls', 'listening', 'elected', 'security-index', 'answering', 'proved']

/** A node that joins makes one key, and finds a cluster that has its security index. */
const joining: readonly (readonly [PhaseId, string?, string?])[] = [
  ['keys', 'Make a key', 'One RSA key of 4096 bits, for its own HTTPS; all else comes from the cluster.'],
  ['files'],
  ['jvm'],
  ['modules'],
  ['tls'],
  ['listening'],
  ['elected', 'Join the cluster', 'The node finds the others, and their master takes it in.'],
  ['answering', 'Answer', 'HTTPS answers, proved by the CA of the cluster.'],
  ['joined'],
]

/** The phases of a set-up in their order: all of them, or those of starting a node that is configured already or is taken as it is. */
export function phasesOf(kind: 'first-node' | 'joining' | 'configured' | 'as-is'): Phase[] {
  if (kind === 'joining') return joining.map(([id, title, detail]) => waiting(id, detail ?? words[id].detail, title))
  if (kind === 'first-node') return whole.map((id) => waiting(id, words[id].detail))
  const left: readonly PhaseId[] = kind === 'as-is' ? ['keys', 'files', 'tls', 'security-index', 'proved'] : ['keys', 'files']
  return whole.filter((id) => !left.includes(id)).map((id) => waiting(id, otherDetails[kind][id] ?? words[id].detail))
}

function waiting(id: PhaseId, detail: string, title = words[id].title): Phase {
  return { id, title, detail, state: 'waiting', startedAt: null, ms: null }
}

/** Begins phase `id` at `now` (ms since 1970) and ends every earlier one. A phase that the log reported too late is left as it is. */
export function beginPhase(phases: readonly Phase[], id: PhaseId, now: number): Phase[] {
  const at = phases.findIndex((phase) => phase.id === id)
  const target = phases[at]
  if (target === undefined || target.state !== 'waiting') return [...phases]
  return phases.map((phase, index) => {
    if (index === at) return { ...phase, state: 'running', startedAt: now }
    return index < at ? ended(phase, 'done', now) : phase
  })
}

/** Ends phase `id`, and every earlier one, at `now`. */
export function endPhase(phases: readonly Phase[], id: PhaseId, now: number): Phase[] {
  const at = phases.findIndex((phase) => phase.id === id)
  return phases.map((phase, index) => (index <= at ? ended(phase, 'done', now) : phase))
}

/** Marks the phase that was under way as the one that failed. */
export function failPhase(phases: readonly Phase[], now: number): Phase[] {
  return phases.map((phase) => (phase.state === 'running' ? ended(phase, 'failed', now) : phase))
}

/** ms each finished phase took, and their `total`. */
export function timingsOf(phases: readonly Phase[], startedAt: number): Record<string, number> {
  const timings: Record<string, number> = {}
  let last = startedAt
  for (const phase of phases) {
    if (phase.ms === null || phase.startedAt === null) continue
    timings[phase.id] = phase.ms
    last = Math.max(last, phase.startedAt + phase.ms)
  }
  return { ...timings, total: last - startedAt }
}

function ended(phase: Phase, state: 'done' | 'failed', now: number): Phase {
  if (phase.state === 'done' || phase.state === 'failed') return phase
  const startedAt = phase.startedAt ?? now
  return { ...phase, state, startedAt, ms: Math.max(0, now - startedAt) }
}
