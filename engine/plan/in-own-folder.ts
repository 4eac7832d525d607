import { readdir } from './disk.ts'
import { isMissing } from './disk-problem.ts'
import { openConfig, type Folder } from './folder.ts'
import { findOwnFolder, isOwnName, leaveOwnFolder, sweepOnTheirWay } from './own-folder.ts'

type Use<T> = (config: Folder, own: Folder) => Promise<T>

/** Opens `CONFIG/.firstnode` for `use`, and leaves it without a trace where nothing is left in it; `otherwise` where it is not there. */
export async function inOwnFolder<T>(config: string, otherwise: T, use: Use<T>): Promise<T> {
  return visit(config, otherwise, use, { leave: leaveOwnFolder, without: sweepOnTheirWay })
}

/** The same, touching nothing. */
export async function readInOwnFolder<T>(config: string, otherwise: T, use: Use<T>): Promise<T> {
  return visit(config, otherwise, use, { leave: (_, own) => own.close(), without: async () => undefined })
}

/** Whether there is a `.firstnode` in this folder, or what a process was making one of; false also where there is no such folder. Touches nothing. */
export async function hasOwnFolder(config: string): Promise<boolean> {
  return readdir(config).then(
    (names) => names.some(isOwnName),
    (thrown: unknown) => {
      if (isMissing(thrown)) return false
      throw thrown
    },
  )
}

interface Visit {
  readonly leave: (config: Folder, own: Folder) => Promise<void>
  /** there is no folder of ours */
  readonly without: (config: Folder) => Promise<void>
}

async function visit<T>(config: string, otherwise: T, use: Use<T>, { leave, without }: Visit): Promise<T> {
  const folder = await openConfig(config)
  try {
    const own = await findOwnFolder(folder)
    if (own === null) {
      await without(folder)
      return otherwise
    }
    const result = await use(folder, own).catch(async (thrown: unknown) => {
      await own.close()
      throw thrown
    })
    await leave(folder, own)
    return result
  } finally {
    await folder.close()
  }
}
