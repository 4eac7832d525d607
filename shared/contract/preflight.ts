import { z } from 'zod'
import { changeView } from './setup.ts'
import { nodeTarget } from './target.ts'

/** `passed`; `warning`: works, worth knowing; `skips`: Elasticsearch would not configure security; `blocks`: it could not start, or we must not touch it. */
export const checkStatus = z.enum(['passed', 'warning', 'skips', 'blocks'])

export const check = z.object({
  id: z.string(),
  title: z.string(),
  status: checkStatus,
  detail: z.string(),
  remedy: z.string().nullable(),
  /** code of the problem behind it (`settings_no_yaml`, `keystore_locked`, …) where it has one of its own */
  code: z.string().nullable().optional(),
  /** a plan can undo it in the configuration: see `preflight.previewRemedy` */
  undoable: z.boolean().optional(),
})
export type Check = z.infer<typeof check>

/** `running`: a node of this home runs now, so there is nothing to set up. */
export const verdict = z.enum(['ready', 'skipped', 'blocked', 'running'])
export type Verdict = z.infer<typeof verdict>

/** The node of this home that runs now. `secured`: its settings turn on security, and TLS for clients. */
export const runningHome = z.object({ pid: z.number().int(), url: z.string(), secured: z.boolean(), answering: z.boolean() })
export type RunningHome = z.infer<typeof runningHome>

export const preflightReport = z.object({
  verdict,
  /** the first check that decides, in words; null when ready */
  reason: z.string().nullable(),
  /** id of that check */
  decidedBy: z.string().nullable(),
  /** security is configured here already (by us, by stock, or by hand): lead to what there is instead */
  configured: z.boolean(),
  /** null or missing where no node of this home runs */
  running: runningHome.nullable().optional(),
  checks: z.array(check),
})
export type PreflightReport = z.infer<typeof preflightReport>

/** A setting that no longer stands in the way: its lines become comments, or it is cut out of braces. */
export const undoneSetting = z.object({ name: z.string(), how: z.enum(['commented out', 'cut out']) })

/** Undoing what stands in the way, before it is done. */
export const remedyPreview = z.object({
  /** for `applyRemedy`; null where nothing stands in the way */
  planId: z.string().nullable(),
  target: nodeTarget,
  /** one sentence a fact */
  sentences: z.array(z.string()),
  changes: z.array(changeView),
  settings: z.array(undoneSetting),
  /** entries that leave `elasticsearch.keystore`; never their values */
  keystoreEntries: z.array(z.string()),
  /** ids of the checks that pass then */
  clears: z.array(z.string()),
  /** checks that still stand in the way then, and why */
  remains: z.array(check),
  /** the verdict then */
  verdict,
})
export type RemedyPreview = z.infer<typeof remedyPreview>

/** What was undone, and how the home is judged now. */
export const remedyDone = z.object({ sentences: z.array(z.string()), report: preflightReport })
export type RemedyDone = z.infer<typeof remedyDone>
