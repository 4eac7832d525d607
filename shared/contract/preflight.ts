import { z } from 'zod'

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
})
export type Check = z.infer<typeof check>

export const verdict = z.enum(['ready', 'skipped', 'blocked'])
export type Verdict = z.infer<typeof verdict>

export const preflightReport = z.object({
  verdict,
  /** the first check that decides, in words; null when ready */
  reason: z.string().nullable(),
  /** id of that check */
  decidedBy: z.string().nullable(),
  /** security is configured here already (by us, by stock, or by hand): lead to what there is instead */
  configured: z.boolean(),
  checks: z.array(check),
})
export type PreflightReport = z.infer<typeof preflightReport>
