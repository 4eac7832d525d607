import { z } from 'zod'
import { planPreview, setupAnswers } from './setup.ts'
import { nodeTarget } from './target.ts'

/** What an enrollment token says, without its key. Times in ms since 1970, by the clock of the node that made it; null where that is not known. */
export const tokenView = z.object({
  /** host:port of HTTP */
  addresses: z.array(z.string()),
  /** SHA-256, lower-case hex */
  caFingerprint: z.string(),
  /** of the token's form, not of the cluster */
  version: z.string(),
  madeAt: z.number().nullable(),
  /** where `confirmed` is false: at the latest; else null means never */
  expiresAt: z.number().nullable(),
  /** the cluster itself told when it was made and when it expires; else it is what the ID of its key and the usual lifetime give */
  confirmed: z.boolean(),
})
export type TokenView = z.infer<typeof tokenView>

/** What a person may choose for a node that joins. */
export const joinAnswers = setupAnswers.pick({ nodeName: true, httpPort: true, transportPort: true, heap: true, keystorePassword: true })
export type JoinAnswers = z.infer<typeof joinAnswers>

export const joinWish = z.object({ target: nodeTarget, token: z.string().min(1), answers: joinAnswers })

/** The cluster as it was found before anything is written. */
export const foundCluster = z.object({
  name: z.string(),
  /** of HTTP, where the token's key was accepted */
  url: z.string(),
  nodes: z.array(z.object({ name: z.string(), address: z.string(), version: z.string() })),
})
export type FoundCluster = z.infer<typeof foundCluster>

/** A node that joins, as it will be; apply it with `setup.apply`. */
export const joinPreview = planPreview.extend({
  token: tokenView,
  cluster: foundCluster,
  /** the token's addresses, and what came of each */
  tried: z.array(z.object({ address: z.string(), outcome: z.enum(['trying', 'connected', 'unreachable', 'other-cluster', 'left']), why: z.string().nullable() })),
})
export type JoinPreview = z.infer<typeof joinPreview>
