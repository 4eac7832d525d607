import { z } from 'zod'

/** Which node is meant: its home (`ES_HOME`), its config directory (`ES_PATH_CONF`) where it is not `home/config`, and the account that runs it. */
export const nodeTarget = z.object({
  home: z.string().min(1),
  config: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
})
export type NodeTarget = z.infer<typeof nodeTarget>

/** Progress of long work: `done` of `total` in `unit` (total null where it is not known), `text` says what is done now; `perSecond` how many of `unit` come in a second now, where that is known. */
export const progress = z.object({
  text: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['bytes', 'files', 'steps']),
  perSecond: z.number().optional(),
})
export type Progress = z.infer<typeof progress>

/** A problem as it crosses the contract. */
export const problemView = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  detail: z.string().nullable(),
  /** the answer that it is about, by its name in the contract; left out where it is about no answer alone */
  field: z.string().optional(),
})
export type ProblemView = z.infer<typeof problemView>
