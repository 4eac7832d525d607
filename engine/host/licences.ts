import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { licence, type Licence } from '../../shared/contract/desktop.ts'

/** The build writes one beside each program and the page: see build/licences.mjs. */
const fileName = 'licences.json'
/** Folders between this module and the folder of its program, at most. */
const mostSteps = 3

/**
 * Of every package that went into what is shipped: the program that runs and all that lies beside it (the page, other programs), by name.
 * Empty where this runs from its sources. `from`: the folder this module lies in.
 */
export async function licencesShipped(from = dirname(fileURLToPath(import.meta.url))): Promise<Licence[]> {
  const program = await folderWithList(from, mostSteps)
  if (program === null) return []
  const around = dirname(program)
  const parts = (await readdir(around, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const lists = await Promise.all(parts.map(({ name }) => listIn(join(around, name))))
  const found = new Map(lists.flatMap((list) => list ?? []).map((one) => [`${one.name} ${one.version}`, one]))
  return [...found.values()].toSorted((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1))
}

async function folderWithList(folder: string, steps: number): Promise<string | null> {
  if ((await listIn(folder)) !== null) return folder
  return steps === 0 || dirname(folder) === folder ? null : folderWithList(dirname(folder), steps - 1)
}

async function listIn(folder: string): Promise<Licence[] | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => null)
  return text === null ? null : z.array(licence).parse(JSON.parse(text))
}
