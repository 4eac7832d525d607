import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folders between a module of a program that is built and the program itself, at most. */
const mostSteps = 2

/** A file that lies beside the program that runs, or, where this runs from its sources, beside this module; null where there is none. */
export async function shippedFile(name: string, from = dirname(fileURLToPath(import.meta.url))): Promise<string | null> {
  for (let folder = from, step = 0; step <= mostSteps; folder = dirname(folder), step += 1) {
    const path = join(folder, name)
    if (await access(path).then(() => true, () => false)) return path
  }
  return null
}
