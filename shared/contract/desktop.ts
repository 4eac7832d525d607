import { z } from 'zod'

/** What the system's own dialog is to ask for. */
export const pickWish = z.object({
  what: z.enum(['folder', 'archive', 'file']),
  /** the dialog's title: what is picked, and for what */
  title: z.string().min(1).max(200),
  /** a folder to begin in; null: where the system thinks fit */
  from: z.string().nullable(),
})
export type PickWish = z.infer<typeof pickWish>

export const saveWish = z.object({
  title: z.string().min(1).max(200),
  /** the name the dialog proposes, without a folder */
  name: z.string().min(1).max(200).regex(/^[^/\\:*?"<>|]+$/),
  text: z.string().max(1_000_000),
  /** holds a secret: only its owner is to read the file */
  secret: z.boolean().optional(),
})
export type SaveWish = z.infer<typeof saveWish>

/** A text in the clipboard: where a secret went there, when it is taken out again if it is still what is in it (ms since 1970). */
export const copied = z.object({ clearsAt: z.number().nullable() })
export type Copied = z.infer<typeof copied>

export const licence = z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })
export type Licence = z.infer<typeof licence>

export const about = z.object({
  firstnode: z.string(),
  /** what it runs on: name → version (Electron, Chromium, Node, the operating system) */
  versions: z.record(z.string(), z.string()),
  /** of everything that is shipped */
  licences: z.array(licence),
})
export type About = z.infer<typeof about>

/** `off`: `reason` says who brings new versions instead. Nothing is looked for, fetched or installed before somebody asks. */
export const updateState = z.object({
  stage: z.enum(['off', 'idle', 'looking', 'none', 'available', 'fetching', 'ready', 'failed']),
  version: z.string().nullable(),
  /** 0 to 100 while it is fetched */
  percent: z.number().nullable(),
  reason: z.string().nullable(),
})
export type UpdateState = z.infer<typeof updateState>

/** What somebody chose in the menu of the window and the page is to show. */
export const menuChoice = z.enum(['about', 'diagnostics', 'open-folder'])
export type MenuChoice = z.infer<typeof menuChoice>
