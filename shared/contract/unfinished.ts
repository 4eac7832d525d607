import { z } from 'zod'

/** What a command was doing when its process died. `undo` and `closing` were putting finished work back. */
export const unfinishedKind = z.enum(['first-node', 'join', 'opening', 'closing', 'renew', 'remedy', 'temporary-user', 'undo', 'kibana', 'handout'])
export type UnfinishedKind = z.infer<typeof unfinishedKind>

/** Work that a Firstnode began and has not finished: in words, and the one command (without its target) that ends it. */
export const unfinishedWork = z.object({
  kind: unfinishedKind,
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** `up`, `open --undo`, …; null while a living Firstnode is at it */
  command: z.string().nullable(),
})
export type UnfinishedWork = z.infer<typeof unfinishedWork>
