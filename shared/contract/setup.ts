import { z } from 'zod'
import { clusterView } from './cluster-view.ts'
import { nodeTarget, problemView } from './target.ts'

const port = z.number().int().min(1).max(65535)

/** What a person may choose for a first node; everything left out has a default that the preview names. */
export const setupAnswers = z.object({
  nodeName: z.string().optional(),
  clusterName: z.string().optional(),
  httpPort: port.optional(),
  transportPort: port.optional(),
  /** as `-Xmx` takes it: `512m`, `1g` */
  heap: z.string().optional(),
  /** `http.host`: who can reach it. Default as the seeds say: 0.0.0.0 */
  httpHost: z.string().optional(),
  /** further names or addresses in the HTTP certificate */
  san: z.array(z.string()).optional(),
  /** an elastic password of one's own; else one is made */
  elasticPassword: z.string().optional(),
  /** the password of an existing, protected `elasticsearch.keystore` */
  keystorePassword: z.string().optional(),
})
export type SetupAnswers = z.infer<typeof setupAnswers>

export const diffLine = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
  /** what an added line means, in words */
  note: z.string().nullable(),
})
export type DiffLine = z.infer<typeof diffLine>

export const changeView = z.object({
  action: z.enum(['create-directory', 'create', 'change', 'rename', 'delete']),
  path: z.string(),
  /** the old path of a rename */
  from: z.string().nullable(),
  /** octal, e.g. 0660; null on Windows */
  mode: z.string().nullable(),
  owner: z.string().nullable(),
  bytes: z.number().nullable(),
  /** holds a secret: its content is not shown */
  secret: z.boolean(),
  note: z.string(),
  diff: z.array(diffLine).nullable(),
})
export type ChangeView = z.infer<typeof changeView>

/** What will be, with every default filled in. */
export const setupFacts = z.object({
  nodeName: z.string(),
  clusterName: z.string(),
  httpPort: z.number().int(),
  transportPort: z.number().int(),
  /** set when an unnamed port was taken and the next free one was chosen: says so in words */
  portNotes: z.array(z.string()),
  /** e.g. `1g`; null leaves Elasticsearch's own choice */
  heap: z.string().nullable(),
  httpHost: z.string(),
  san: z.array(z.string()),
  url: z.string(),
  runAs: z.string().nullable(),
  passwordChosen: z.boolean(),
})
export type SetupFacts = z.infer<typeof setupFacts>

export const planPreview = z.object({
  planId: z.string(),
  target: nodeTarget,
  facts: setupFacts,
  /** one sentence a fact, as the Review page shows it */
  sentences: z.array(z.string()),
  changes: z.array(changeView),
})
export type PlanPreview = z.infer<typeof planPreview>

export const phaseId = z.enum(['keys', 'files', 'jvm', 'modules', 'tls', 'listening', 'elected', 'security-index', 'answering', 'proved', 'joined'])
export type PhaseId = z.infer<typeof phaseId>

/** A phase of the set-up. `startedAt` ms since 1970, `ms` how long it took once it is over. */
export const phase = z.object({
  id: phaseId,
  title: z.string(),
  detail: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.number().nullable(),
  ms: z.number().nullable(),
})
export type Phase = z.infer<typeof phase>

/** `ready`: answers and nobody has confirmed the password yet. `handed-over`: somebody has it. */
export const setupStage = z.enum(['applying', 'starting', 'proving', 'ready', 'handed-over', 'cancelling', 'cancelled', 'failed'])

export const runningNode = z.object({
  pid: z.number().int(),
  name: z.string(),
  version: z.string(),
  /** when the process started, ms since 1970 */
  startedAt: z.number().nullable(),
  /** where HTTP is bound, as its log says; null where that does not (yet) */
  httpPort: z.number().int().nullable(),
  logFile: z.string(),
})
export type RunningNode = z.infer<typeof runningNode>

/** What the test after the start proved: TLS with our CA, the password accepted, health read. */
export const proof = z.object({
  tls: z.string(),
  user: z.string(),
  clusterName: z.string(),
  clusterUuid: z.string(),
  health: z.string(),
})
export type Proof = z.infer<typeof proof>

export const setupState = z.object({
  setupId: z.string(),
  target: nodeTarget,
  stage: setupStage,
  /** the node is started as its settings have it: nothing but an answer is proved */
  asIs: z.boolean(),
  phases: z.array(phase),
  facts: setupFacts.nullable(),
  problem: problemView.nullable(),
  /** what a failed or cancelled set-up put back, in a sentence */
  putBack: z.string().nullable(),
  node: runningNode.nullable(),
  proof: proof.nullable(),
  /** of a node that joined: the cluster as it lists its nodes */
  joined: clusterView.optional(),
  notes: z.array(z.string()),
  startedAt: z.number(),
})
export type SetupState = z.infer<typeof setupState>

/** One line of the node's log. `explains` marks the line that explains a failure. */
export const logLine = z.object({ at: z.number(), level: z.string(), text: z.string(), explains: z.boolean() })
export type LogLine = z.infer<typeof logLine>

export const setupEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: setupState }),
  /** `dropped`: how many lines were left out before these (cap and back-pressure) */
  z.object({ type: z.literal('log'), lines: z.array(logLine), dropped: z.number() }),
])
export type SetupEvent = z.infer<typeof setupEvent>

export const enrollmentTokenView = z.object({
  scope: z.enum(['node', 'kibana']),
  token: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  /** where it works only in part, in words: a node token of a node whose transport listens on localhost */
  warning: z.string().optional(),
})
export type EnrollmentTokenView = z.infer<typeof enrollmentTokenView>

/** The hand-over. The only output of the contract, with tokens and `keystorePasswords`, that carries secrets: ask for it when it is shown. */
export const credentials = z.object({
  url: z.string(),
  username: z.string(),
  /** null where it is not known here: the node was configured before */
  password: z.string().nullable(),
  /** somebody has the password already: it was shown, copied, saved or confirmed, here or in another window */
  handedOver: z.boolean(),
  caFingerprint: z.string(),
  /** path of http_ca.crt */
  caCertificate: z.string(),
  caPem: z.string(),
  kibanaToken: enrollmentTokenView.nullable(),
  /** why there is no token, if there is none */
  kibanaTokenTrouble: problemView.nullable(),
  node: runningNode.nullable(),
  clusterName: z.string().nullable(),
  /** ms each phase took, and `total` */
  timings: z.record(z.string(), z.number()),
})
export type Credentials = z.infer<typeof credentials>
