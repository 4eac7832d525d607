import { z } from 'zod'
import { shells } from '../shell-lines.ts'
import { setupAnswers } from './setup.ts'

/** Where this runs and what it can do: the page shows only what its host can. */
export const hostInfo = z.object({
  firstnode: z.string(),
  kind: z.enum(['browser', 'electron', 'cli']),
  platform: z.enum(['linux', 'darwin', 'win32']),
  hostName: z.string(),
  user: z.string(),
  root: z.boolean(),
  /** which shell's syntax to show first */
  shell: z.enum(shells),
  homeFolder: z.string(),
  separator: z.string(),
  /** can open the system's dialogs, show a file in its folder, clear the clipboard in the background */
  canPick: z.boolean(),
  canReveal: z.boolean(),
  canClearClipboard: z.boolean(),
  practice: z.object({
    offered: z.boolean(),
    version: z.string(),
    /** where a ready home of it lies already */
    home: z.string().nullable(),
    /** bytes to download where it is not cached */
    downloadBytes: z.number(),
    owner: z.string(),
    /** why it cannot be offered (Maven missing); null as well where nobody expects it: in what is installed */
    trouble: z.string().nullable(),
  }),
})
export type HostInfo = z.infer<typeof hostInfo>

export const folderEntry = z.object({ name: z.string(), path: z.string(), kind: z.enum(['folder', 'home', 'archive']) })
export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  /** the folder itself is an Elasticsearch home */
  home: z.boolean(),
  places: z.array(z.object({ name: z.string(), path: z.string() })),
  entries: z.array(folderEntry),
})
export type FolderListing = z.infer<typeof folderListing>

/** Where the person is in the wizard, kept by the host so that a reloaded page goes on. Never holds a secret. */
export const wizardPlace = z.object({
  step: z.enum(['find', 'check', 'review', 'join', 'start', 'credentials', 'now', 'existing']),
  target: z
    .object({ home: z.string(), config: z.string().optional(), user: z.string().optional() })
    .nullable(),
  setupId: z.string().nullable(),
  planId: z.string().nullable(),
  /** the work that this step waits for: a home that is made, a set-up that is undone */
  workId: z.string().nullable(),
  /** the start of a Kibana that is shown on the last step */
  kibanaRunId: z.string().nullable().optional(),
  /** how the node is to run, where the first page was told: it belongs to the target once there is a home */
  ways: z.object({ config: z.string().optional(), user: z.string().optional() }).optional(),
  /** what was chosen on Review, without the passwords */
  answers: setupAnswers.omit({ elasticPassword: true, keystorePassword: true }).optional(),
  /** the line that each finished step left in the way, by step */
  lines: z.record(z.string(), z.string()).optional(),
})
export type WizardPlace = z.infer<typeof wizardPlace>
