import { z } from 'zod'
import { downloadWish } from './download.ts'
import { problemView, progress } from './target.ts'

/** What a piece of work does, and to what. */
export const workWhat = z.discriminatedUnion('what', [
  z.object({ what: z.literal('unpack'), archive: z.string(), into: z.string(), user: z.string().optional() }),
  z.object({ what: z.literal('practice'), version: z.string(), user: z.string().optional() }),
  downloadWish.extend({ what: z.literal('download') }),
  z.object({ what: z.literal('undo'), home: z.string(), config: z.string() }),
  z.object({ what: z.literal('open'), home: z.string(), config: z.string(), hosts: z.array(z.string()) }),
  z.object({ what: z.literal('renew'), home: z.string(), config: z.string() }),
  z.object({ what: z.literal('renew-undo'), home: z.string(), config: z.string() }),
  z.object({ what: z.literal('close'), home: z.string(), config: z.string() }),
])
export type WorkWhat = z.infer<typeof workWhat>

/** Long work that lives in the engine: it goes on whoever watches it, and how it ended is known until the host ends. Never holds a secret. */
export const workState = z.object({
  workId: z.string(),
  what: workWhat,
  stage: z.enum(['underway', 'cancelling', 'done', 'cancelled', 'failed']),
  progress: progress.nullable(),
  /** the home that was made */
  home: z.string().nullable(),
  /** what an undo has done, or how a download was checked */
  sentences: z.array(z.string()),
  /** why it failed, or that it was cancelled */
  problem: problemView.nullable(),
  startedAt: z.number(),
})
export type WorkState = z.infer<typeof workState>
