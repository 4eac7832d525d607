import { join } from 'node:path'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { Folder } from './folder.ts'
import { isPlace, isTargetPlace } from './folder.ts'
import { planKinds } from './plan.ts'
import { withKind } from './kind-of-title.ts'
import { parseJson, readOwn, removeOwn, writeOwn } from './own-folder.ts'
import { timesSchema } from './times.ts'

export const journalName = 'journal.json'
export const beforeName = 'before'

const place = z.string().refine(isPlace, 'not a place below the config directory')
const target = z.string().refine(isTargetPlace, 'not the path of a file')
const plainName = z.string().regex(/^[\w.-]{1,100}$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** An original: its name in `before/`, and what it carried. */
const kept = timesSchema.extend({
  name: plainName,
  kind: z.enum(['file', 'link']),
  sha256: hash,
  mode: z.number().int(),
  uid: z.number().int(),
  gid: z.number().int(),
})
export type Kept = z.infer<typeof kept>

/** Our lines in a text that was there before: at line `at` of the original, `removed` lines went and `added` came; one that holds a secret by its hash. */
const lineEdit = z.object({ at: z.number().int().min(0), removed: z.number().int().min(0), added: z.array(z.string().or(z.object({ sha256: hash }))) })
export type LineEdit = z.infer<typeof lineEdit>

const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create-directory'), place }),
  z.object({
    kind: z.literal('write'),
    place: place.or(target),
    /** the link that leads to `place`, where the change was made through one */
    link: place.optional(),
    /** what it is written as beside its place, until it is whole */
    torn: plainName,
    sha256: hash,
    before: kept.nullable(),
    /** null where the file is secret, no text, or was not there */
    edits: z.array(lineEdit).nullable(),
  }),
  z.object({ kind: z.literal('rename'), from: place, to: place }),
  z.object({ kind: z.literal('delete'), place, before: kept }),
])
export type JournalStep = z.infer<typeof step>

/** A folder that was there before, its times, and the SHA-256 of the names in it: its times are given back only with the same names. */
const folderBefore = timesSchema.extend({ place: place.or(target).or(z.literal('')), names: hash })
export type FolderBefore = z.infer<typeof folderBefore>

/**
 * A plan on its way, written before anything is changed. How many of its steps are in effect is kept beside it (`progress.ts`); how far the last of
 * them came is seen on the disk (an original in `before/`, a file not yet put in place).
 */
const journalFields = z.object({
  format: z.literal(1),
  id: plainName,
  kind: z.enum(planKinds),
  title: z.string(),
  /** ms since 1970 */
  at: z.number(),
  stage: z.enum(['applying', 'applied']),
  steps: z.array(step),
  folders: z.array(folderBefore),
})
export const journalSchema = z.preprocess(withKind, journalFields)
export type Journal = z.infer<typeof journalSchema>

export async function writeJournal(own: Folder, journal: Journal): Promise<void> {
  await writeOwn(own, journalName, JSON.stringify(journal))
}

/** The journal, or null where there is none. `journal_unreadable` where it was damaged. */
export async function readJournal(own: Folder): Promise<Journal | null> {
  const text = await readOwn(own, journalName)
  if (text === null) return null
  const parsed = journalSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw problem('journal_unreadable', { path: join(own.path, journalName) }, { detail: parsed.error.message })
}

export async function removeJournal(own: Folder): Promise<void> {
  await removeOwn(own, journalName)
}
