import { z } from 'zod'
import { runningNode } from './setup.ts'
import { nodeTarget, problemView } from './target.ts'
import { unfinishedWork } from './unfinished.ts'

export const nodeStatus = z.object({
  running: z.boolean(),
  node: runningNode.nullable(),
  /** the addresses its settings give, whether or not it runs */
  url: z.string(),
  secured: z.boolean(),
  /** answers on its HTTP port right now (any status counts) */
  answering: z.boolean(),
  /** what this says in one sentence */
  sentence: z.string(),
  /** green, yellow or red; null where it was not asked, since nobody gave a password, or was not told */
  health: z.string().nullable(),
  /** whether the cluster has a master, as the node says with a password, else as its log says; null where nobody knows */
  master: z.boolean().nullable(),
  /** when the certificate that it shows ends, ms since 1970; null where it shows none now */
  certificateValidUntil: z.number().nullable(),
  unfinished: unfinishedWork.optional(),
})
export type NodeStatus = z.infer<typeof nodeStatus>

/** What a configured node has to show (seeds: "Connect clients"). */
export const shownNode = z.object({
  url: z.string(),
  caFingerprint: z.string().nullable(),
  caCertificate: z.string().nullable(),
  caPem: z.string().nullable(),
  caValidUntil: z.number().nullable(),
  /** when the node's own certificate ends, ms since 1970; null where that is not known */
  certificateValidUntil: z.number().nullable(),
  /** why there is nothing to show of the CA */
  caTrouble: problemView.optional(),
  /** that clients need a certificate of their own */
  clientCertificates: problemView.optional(),
  addresses: z.array(z.string()),
  keystorePasswords: z.object({ http: z.string().nullable(), transport: z.string().nullable() }).nullable(),
  unfinished: unfinishedWork.optional(),
})
export type ShownNode = z.infer<typeof shownNode>

/** What undo would do, before it does it. `refusal` is null where it can be done. */
export const undoPreview = z.object({
  sentences: z.array(z.string()),
  deletesData: z.boolean(),
  stopsNode: z.boolean(),
  /** the elastic password is needed, to see that all indices are system indices */
  needsPassword: z.boolean(),
  /** the node has to be started to be asked that, and its keystore has a password */
  needsKeystorePassword: z.boolean(),
  refusal: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
})
export type UndoPreview = z.infer<typeof undoPreview>

/** `othersGone`: the other nodes of the cluster no longer exist, so what they would have to say of this node's data is not waited for: it is deleted. */
export const undoWish = z.object({ target: nodeTarget, password: z.string().optional(), keystorePassword: z.string().optional(), setupId: z.string().optional(), othersGone: z.boolean().optional() })

/** The answer to "Try it": what was called and what came back. */
export const tryAnswer = z.object({ call: z.string(), status: z.number(), body: z.string(), ms: z.number() })
export type TryAnswer = z.infer<typeof tryAnswer>

export { clusterView, type ClusterView } from './cluster-view.ts'
export { runningNode }
