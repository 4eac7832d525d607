import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withFileLock } from '../../engine/installation/file-lock.ts'
import { isAlive } from '../../engine/node/process-table.ts'
import { needsRoot } from './needs-root.ts'

const setting = '/proc/sys/vm/max_map_count'
const needed = 262_144
const folder = join(tmpdir(), 'firstnode-test-max-map-count')
const [users, before] = [join(folder, 'users'), join(folder, 'before')]

/**
 * Raises `vm.max_map_count` where it is too low for a node in production, and gives the way to be done with that: the last process of those that are at work at the
 * same time puts it back, also for one that died.
 */
export async function raisedMaps(): Promise<() => Promise<void>> {
  needsRoot('changes vm.max_map_count')
  const now = Number(await readFile(setting, 'utf8'))
  const own = join(users, String(process.pid))
  await mkdir(users, { recursive: true })
  await alone(async () => {
    if ((await others()).length === 0 && now < needed) await writeFile(before, String(now))
    await writeFile(own, '')
    if (now < needed) await writeFile(setting, String(needed))
  })
  return () =>
    alone(async () => {
      await rm(own, { force: true })
      const was = await readFile(before, 'utf8').catch(() => null)
      if (was === null || (await others()).length > 0) return
      await writeFile(setting, was)
      await rm(before)
    })
}

function alone(work: () => Promise<void>): Promise<void> {
  return withFileLock(join(folder, 'lock'), { signal: AbortSignal.timeout(60_000) }, work)
}

/** Processes that need it raised as well; what dead ones left is swept away. */
async function others(): Promise<string[]> {
  const found = await Promise.all(
    (await readdir(users)).map(async (pid) => {
      if (Number(pid) === process.pid) return []
      if (await isAlive(Number(pid))) return [pid]
      await rm(join(users, pid), { force: true })
      return []
    }),
  )
  return found.flat()
}
