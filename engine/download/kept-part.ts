import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** What has come of a file: where from, and what tells that it is still the same there. */
const kept = z.object({
  address: z.string(),
  /** a strong ETag or a Last-Modified, for If-Range */
  validator: z.string(),
  total: z.number().int().positive(),
})
export type Kept = z.infer<typeof kept> & { readonly bytes: number }

/** What has come of `address` to the file `part`, and can be gone on from; null where nothing can. */
export async function keptPart(part: string, address: string): Promise<Kept | null> {
  const text = await readFile(noteOf(part), 'utf8').catch(() => null)
  const bytes = await stat(part).then(({ size }) => size, () => 0)
  if (text === null || bytes === 0) return null
  const noted = kept.safeParse(parsed(text))
  return noted.success && noted.data.address === address && bytes <= noted.data.total ? { ...noted.data, bytes } : null
}

/** Notes whose part the file will be, before anything of that is written to it. `validator` or `total` null: it cannot be gone on from. */
export async function notePart(part: string, note: { address: string; validator: string | null; total: number | null }): Promise<void> {
  if (note.validator === null || note.total === null) await rm(noteOf(part), { force: true })
  else await writeFile(noteOf(part), JSON.stringify(note), { mode: 0o600 })
}

/** Removes what has come. */
export async function dropPart(part: string): Promise<void> {
  await rm(noteOf(part), { force: true })
  await rm(part, { force: true })
}

function noteOf(part: string): string {
  return `${part}.json`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
