import { randomBytes } from 'node:crypto'
import { constants as flags } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf, diskProblem } from './disk-problem.ts'
import { open, readdir } from './disk.ts'
import { openConfig, type Folder } from './folder.ts'
import { readInOwnFolder } from './in-own-folder.ts'
import { findOwnFolder, ignoreGone, leaveOwnFolder, openOwnFolder, ownName, parseJson, readOwn, writeOwn } from './own-folder.ts'
import { unlinkFile } from './patiently.ts'
import { sweep } from './sweep.ts'
import { processIdentity } from './process-identity.ts'

/** Nobody else works on the home until `release`, which leaves no trace where nothing else is in `.firstnode`. */
export interface HomeLock {
  readonly config: string
  release(): Promise<void>
}

const claimSchema = z.object({ pid: z.number().int(), identity: z.string().nullable() })
interface Claim {
  readonly name: string
  readonly pid: number
  readonly held: boolean
  readonly living: boolean
}

const heldMark = '\nheld\n'
/** how long two that came at the same moment may take to agree (ms) */
const contestMs = 2000
const claimPattern = /^lock\.(\d+)\.[0-9a-f]{16}$/

/**
 * Locks the home of this config directory: against other processes and within this one. Ends with `busy` (and the pid that holds it), or why
 * the config directory cannot be written.
 *
 * Each taker writes a claim of its own, `lock.PID.RANDOM`, whole and at once, and then lists all claims. It holds the lock only if that list shows no
 * other claim of a living process. Of two takers the later one to claim lists after the earlier one has claimed, so it sees it: two can never both
 * hold. Claims of processes that are gone (or whose pid another has now) can be removed by anybody at any time, since no name is ever
 * used twice and the dead do not come back: there is no takeover, and so no race in one. Of several that claim at once the smallest name stays, the others go.
 */
export async function lockHome({ config }: { readonly config: string }): Promise<HomeLock> {
  const folder = await openConfig(config)
  try {
    const name = `lock.${process.pid}.${randomBytes(8).toString('hex')}`
    const own = await claim(folder, name)
    const holder = await contend(own, name).catch(async (thrown: unknown) => {
      await withdraw(folder, own, name)
      throw thrown
    })
    if (holder !== null) {
      await withdraw(folder, own, name)
      throw problem('busy', { home: config, pid: holder })
    }
    try {
      await markHeld(own, name)
      await sweep(own)
    } catch (thrown) {
      await withdraw(folder, own, name)
      throw thrown
    }
    await own.close()
    return { config, release: () => release(config, name) }
  } catch (thrown) {
    throw diskProblem(thrown, join(config, ownName))
  } finally {
    await folder.close()
  }
}

async function claim(folder: Folder, name: string): Promise<Folder> {
  const identity = await processIdentity(process.pid)
  for (let attempt = 0; ; attempt++) {
    const own = await openOwnFolder(folder)
    try {
      await writeOwn(own, name, JSON.stringify({ pid: process.pid, identity }))
      return own
    } catch (thrown) {
      await own.close()
      // the one before us left and took the folder with it
      if (codeOf(thrown) !== 'ENOENT' || attempt > 100) throw thrown
    }
  }
}

/** Null when the lock is ours, else the pid that has it. */
async function contend(own: Folder, name: string): Promise<number | null> {
  const end = Date.now() + contestMs
  for (;;) {
    const others = (await livingClaims(own)).filter((claim) => claim.name !== name)
    const [first] = others
    if (first === undefined) return null
    const stronger = others.find((claim) => claim.held) ?? others.find((claim) => claim.name < name)
    if (stronger !== undefined) return stronger.pid
    if (Date.now() > end) return first.pid
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The other process that holds the lock of this home; null where no living one does. Touches nothing. */
export async function otherHolder(config: string): Promise<number | null> {
  const claims = await readInOwnFolder<readonly Claim[]>(config, [], (_, own) => claimsIn(own))
  return claims.find(({ pid, held, living }) => held && living && pid !== process.pid)?.pid ?? null
}

async function livingClaims(own: Folder): Promise<Claim[]> {
  const claims = await claimsIn(own)
  for (const { name, living } of claims) if (!living) await unlinkFile(own.at(name)).catch(ignoreGone)
  return claims.filter(({ living }) => living)
}

async function claimsIn(own: Folder): Promise<Claim[]> {
  const claims: Claim[] = []
  for (const name of await readdir(own.at('.'))) {
    if (!claimPattern.test(name)) continue
    const text = await readOwn(own, name)
    if (text === null) continue
    const parsed = claimSchema.safeParse(parseJson(text.replace(heldMark, '')))
    const living = parsed.success && (await isAlive(parsed.data))
    claims.push({ name, pid: parsed.data?.pid ?? 0, held: text.endsWith(heldMark), living })
  }
  return claims
}

async function isAlive({ pid, identity }: { pid: number; identity: string | null }): Promise<boolean> {
  const now = await processIdentity(pid)
  if (now !== null && identity !== null) return now === identity
  try {
    process.kill(pid, 0)
    return identity === null
  } catch (thrown) {
    // it runs as somebody else, and the system does not tell us of it (/proc with hidepid)
    return codeOf(thrown) === 'EPERM'
  }
}

/** Does `work` with the home locked, and gives it free however that ends. Problems: those of `lockHome`, and of `work`. */
export async function withHomeLocked<T>(config: string, work: () => Promise<T>): Promise<T> {
  const lock = await lockHome({ config })
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

async function markHeld(own: Folder, name: string): Promise<void> {
  const handle = await open(own.at(name), flags.O_WRONLY | flags.O_APPEND | (flags.O_NOFOLLOW ?? 0))
  try {
    await handle.appendFile(heldMark)
  } finally {
    await handle.close()
  }
}

async function withdraw(folder: Folder, own: Folder, name: string): Promise<void> {
  await unlinkFile(own.at(name)).catch(ignoreGone)
  await leaveOwnFolder(folder, own)
}

async function release(config: string, name: string): Promise<void> {
  try {
    const folder = await openConfig(config)
    try {
      const own = await findOwnFolder(folder)
      if (own !== null) await withdraw(folder, own, name)
    } finally {
      await folder.close()
    }
  } catch (thrown) {
    // a home that was removed meanwhile is not locked any more
    if (codeOf(thrown) !== 'ENOENT') throw diskProblem(thrown, join(config, ownName))
  }
}
