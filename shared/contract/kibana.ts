import { z } from 'zod'
import { searchIncomplete } from './installation.ts'
import { changeView, logLine } from './setup.ts'
import { problemView } from './target.ts'
import { unfinishedWork } from './unfinished.ts'

/** Which Kibana is meant: its home, its config directory (`KBN_PATH_CONF`) where it is not where it usually is, and the account that runs it. */
export const kibanaTarget = z.object({
  home: z.string().min(1),
  config: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
})
export type KibanaTarget = z.infer<typeof kibanaTarget>

/** A Kibana on this machine, as far as a person needs to know it. */
export const kibanaView = z.object({
  home: z.string(),
  version: z.string(),
  layout: z.enum(['archive', 'package']),
  settingsFile: z.string(),
  data: z.string(),
  owner: z.string().nullable(),
  /** where a browser finds it */
  url: z.string(),
  /** can be started from here: `bin/kibana` is there */
  startable: z.boolean(),
  /** why it is connected with a cluster already; null where it is not */
  connected: z.string().nullable(),
  /** connected by a service account token, as an enrollment leaves it */
  enrolled: z.boolean().default(false),
  /** written by Firstnode, and so to be undone */
  undoable: z.boolean(),
  /** what an earlier Firstnode left unfinished here, whatever else is said of it */
  unfinished: unfinishedWork.optional(),
})
export type KibanaView = z.infer<typeof kibanaView>

/** What a search found; `incomplete`: null where every usual place was searched to its end. */
export const foundKibanas = z.object({ kibanas: z.array(kibanaView), incomplete: searchIncomplete.nullable() })
export type FoundKibanas = z.infer<typeof foundKibanas>

/** Who is to be asked about a token: `replace` writes even where the Kibana is connected already. */
export const kibanaWish = z.object({ target: kibanaTarget, token: z.string().min(1).max(20_000), replace: z.boolean().optional() })

export const kibanaPreview = z.object({
  planId: z.string(),
  kibana: kibanaView,
  /** where the cluster answered; more of it is known once it was asked with the token that it makes. `major`: of its version, where it tells */
  cluster: z.object({ url: z.string(), major: z.number().int().nullable(), caFingerprint: z.string() }),
  sentences: z.array(z.string()),
  /** what the person should know about the settings that stay */
  notes: z.array(problemView).default([]),
  changes: z.array(changeView),
})
export type KibanaPreview = z.infer<typeof kibanaPreview>

export const kibanaDone = z.object({
  kibana: kibanaView,
  cluster: z.object({ url: z.string(), name: z.string(), version: z.string(), caFingerprint: z.string() }),
  sentences: z.array(z.string()),
  notes: z.array(problemView).default([]),
  caFile: z.string(),
})
export type KibanaDone = z.infer<typeof kibanaDone>

/**
 * A Kibana that is being started. `waiting`: it asks for an enrollment token at `link`; `enrolled`: somebody gave it one, and it restarts with that; `answering`: it can be opened.
 */
export const kibanaRun = z.object({
  runId: z.string(),
  target: kibanaTarget,
  stage: z.enum(['starting', 'waiting', 'enrolled', 'answering', 'stopping', 'stopped', 'failed']),
  url: z.string(),
  /** the link with its code, where Kibana waits for a token */
  link: z.string().nullable(),
  pid: z.number().int().nullable(),
  logFile: z.string().nullable(),
  problem: problemView.nullable(),
  startedAt: z.number(),
})
export type KibanaRun = z.infer<typeof kibanaRun>

export const kibanaEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: kibanaRun }),
  z.object({ type: z.literal('log'), lines: z.array(logLine), dropped: z.number() }),
])
export type KibanaEvent = z.infer<typeof kibanaEvent>

export const kibanaUndo = z.object({ kibana: kibanaView, sentences: z.array(z.string()) })
export type KibanaUndo = z.infer<typeof kibanaUndo>
