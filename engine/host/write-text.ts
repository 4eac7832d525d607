import { randomBytes } from 'node:crypto'
import { link, lstat, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf, diskProblem, isMissing } from '../plan/disk-problem.ts'
import { sha256 } from '../plan/entry.ts'
import { processIdentity } from '../plan/process-identity.ts'

/**
 * Writes a file where the user wants it, whole or not at all: beside its place first. What an interrupted save left there is removed. `secret`: for its owner alone (0600; Windows has the
 * rights of the folder). Without `replace` an existing file refuses. Problems: `file_stands_there`, `not_saved`, those of `diskProblem`.
 */
export async function writeText(path: string, text: string, { secret, replace }: { readonly secret: boolean; readonly replace: boolean }): Promise<void> {
  const folder = dirname(path)
  try {
    await removeLeft(folder)
    const beside = join(folder, `.firstnode-save-${process.pid}-${await markOf(process.pid)}-${randomBytes(6).toString('hex')}`)
    try {
      await writeNew(beside, text, secret)
      await (replace ? rename(beside, path) : putWhereNothingIs(beside, path))
    } catch (thrown) {
      await unlink(beside).catch(() => undefined)
      throw thrown
    }
  } catch (thrown) {
    if (isMissing(thrown)) throw problem('not_saved', { path, why: 'its folder does not exist' }, { cause: thrown })
    throw diskProblem(thrown, path)
  }
}

/**
 * For callers that would ask the user for much before the file is written: says at once what `writeText` without `replace` would say, and removes what an interrupted save left in that
 * folder. Problem: `file_stands_there`.
 */
export async function refuseStanding(path: string): Promise<void> {
  await removeLeft(dirname(path)).catch(() => undefined)
  if (await lstat(path).then(() => true, () => false)) throw problem('file_stands_there', { path })
}

/** A process that was killed has left a file that may hold a password: it goes. One that lives is still writing its own. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid, mark] = /^\.firstnode-save-(\d+)-([0-9a-f]{12})-[0-9a-f]{12}$/.exec(name) ?? []
    if (pid === undefined || mark === (await markOf(Number(pid)))) continue
    await unlink(join(folder, name)).catch((thrown: unknown) => {
      if (!isMissing(thrown)) throw thrown
    })
  }
}

/** Tells a process from every other that has or had its number. */
async function markOf(pid: number): Promise<string> {
  return sha256(Buffer.from((await processIdentity(pid)) ?? 'none')).slice(0, 12)
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
