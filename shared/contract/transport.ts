import { z } from 'zod'
import { check } from './preflight.ts'
import { changeView } from './setup.ts'
import { nodeTarget } from './target.ts'

/** An address of this machine that transport can be bound to, as it goes into `transport.host`. */
export const reachableAddress = z.object({
  value: z.string(),
  interface: z.string(),
  /** `private`: of a local network; `public`: of the internet */
  kind: z.enum(['private', 'public']),
  /** made by software on this machine (Docker, a virtual machine): rarely where other machines are */
  virtual: z.boolean(),
})
export type ReachableAddress = z.infer<typeof reachableAddress>

/** How transport stands: what the settings say, what a running node is bound to, what it can be opened to. */
export const transportState = z.object({
  target: nodeTarget,
  running: z.boolean(),
  /** as the settings have it; empty where they leave it to Elasticsearch, which takes localhost */
  hosts: z.array(z.string()),
  /** other machines can reach it, by the settings */
  open: z.boolean(),
  /** what the node that runs has bound transport to, as its log says; empty where none runs, or the log does not say */
  bound: z.array(z.string()),
  /** where other nodes are told to find it */
  published: z.string().nullable(),
  addresses: z.array(reachableAddress),
  /** Firstnode opened it, and can put that back */
  opened: z.boolean(),
  sentence: z.string(),
  /** an opening or closing of this home that goes on in this host */
  workId: z.string().nullable(),
})
export type TransportState = z.infer<typeof transportState>

export const openingWish = z.object({
  target: nodeTarget,
  /** as `transport.host` takes it: addresses, names, special values, divided by commas */
  hosts: z.string().min(1).max(4096),
  /** of a protected keystore: the node is started anew */
  keystorePassword: z.string().optional(),
})

/** Opening transport, before it is done. */
export const openingPreview = z.object({
  /** for `open`; null where nothing is to be changed, or where Elasticsearch would not start */
  planId: z.string().nullable(),
  target: nodeTarget,
  hosts: z.array(z.string()),
  /** what they stand for on this machine; empty where only the node's start tells */
  addresses: z.array(z.string()),
  /** one sentence a fact */
  sentences: z.array(z.string()),
  /** Elasticsearch's bootstrap checks, foreseen: `blocks` is what would end the start */
  checks: z.array(check),
  changes: z.array(changeView),
  /** a node runs, and is started anew */
  restarts: z.boolean(),
})
export type OpeningPreview = z.infer<typeof openingPreview>

/** Closing it again, before it is done. */
export const closingPreview = z.object({ target: nodeTarget, sentences: z.array(z.string()), restarts: z.boolean() })
export type ClosingPreview = z.infer<typeof closingPreview>
