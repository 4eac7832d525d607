import { randomBytes } from 'node:crypto'
import { link, lstat, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { codeOf } from '../plan/disk-problem.ts'

/**
 * Writes a file where somebody wishes it, whole or not at all: beside its place first. `secret`: for its owner alone (0600; Windows has the rights of the folder). Without `replace` a file that stands there refuses.
 * Problems: `file_stands_there`, `not_saved`.
 */
export async function writeText(path: string, text: string, { secret, replace }: { readonly secret: boolean; readonly replace: boolean }): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeNew(beside, text, secret)
    await (replace ? rename(beside, path) : putWhereNothingIs(beside, path))
  } catch (thrown) {
    await unlink(beside).catch(() => undefined)
    if (thrown instanceof Problem) throw thrown
    throw problem('not_saved', { path, why: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown })
  }
}

/** For who would ask a person for much before it is written: says at once what `writeText` without `replace` would say. Problem: `file_stands_there`. */
export async function refuseStanding(path: string): Promise<void> {
  if (await lstat(path).then(() => true, () => false)) throw problem('file_stands_there', { path })
}

async function writeNew(path: string, text: string, secret: boolean): Promise<void> {
  const handle = await open(path, 'wx', secret ? 0o600 : 0o666)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A link fails where a file stands there; a rename would overwrite it. Where a file system has no links, the name is taken first. */
async function putWhereNothingIs(beside: string, path: string): Promise<void> {
  const refuseTaken = (thrown: unknown): void => {
    if (codeOf(thrown) === 'EEXIST') throw problem('file_stands_there', { path })
  }
  const linked = await link(beside, path).then(
    () => true,
    (thrown: unknown) => {
      refuseTaken(thrown)
      return false
    },
  )
  if (linked) return unlink(beside)
  const handle = await open(path, 'wx', 0o600).catch((thrown: unknown) => {
    refuseTaken(thrown)
    throw thrown
  })
  await handle.close()
  await rename(beside, path)
}
