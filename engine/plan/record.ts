import { join } from 'node:path'
import { z } from 'zod'
import { setupAnswers, setupFacts } from '../../shared/contract/setup.ts'
import { nodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { codeOf, isMissing } from './disk-problem.ts'
import { openConfig, type Folder } from './folder.ts'
import { findOwnFolder, openOwnFolder, parseJson, readOwn, removeOwn, writeOwn } from './own-folder.ts'

export const recordName = 'setup.json'

/** What is known of a set-up on its home: `CONFIG/.firstnode/setup.json`. Holds no secret. */
export const setupRecord = z.object({
  format: z.literal(1),
  setupId: z.string(),
  target: nodeTarget,
  /** when it was applied, ms since 1970 */
  at: z.number(),
  facts: setupFacts.nullable(),
  /** what was chosen for it, as against what came by default */
  answers: setupAnswers.omit({ elasticPassword: true, keystorePassword: true }).default({}),
  /** `ready`: it answers, and nobody has confirmed the password yet */
  stage: z.enum(['applied', 'started', 'ready', 'handed-over']),
  /** what was written, with the SHA-256 (hex) of each */
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  /** whether data was there before: then undo never deletes it */
  dataExisted: z.boolean(),
  /** it joined a cluster instead of forming one */
  joining: z.boolean().optional(),
  /** the UUID of the cluster this set-up formed */
  formedCluster: z.string().nullable(),
  /** the node it started: `identity` as `processIdentity` gives it */
  node: z.object({ pid: z.number().int(), identity: z.string().nullable() }).nullable(),
})
export type SetupRecord = z.infer<typeof setupRecord>

/**
 * The record of the set-up in this config directory; null where there is none, or none that this account may see. `record_unreadable` where it is
 * damaged or of a newer format.
 */
export async function readRecord(config: string): Promise<SetupRecord | null> {
  const read = withConfig(config, async (folder) => {
    const own = await findOwnFolder(folder)
    if (own === null) return null
    try {
      const text = await readOwn(own, recordName)
      if (text === null) return null
      const parsed = setupRecord.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      throw problem('record_unreadable', { path: join(own.path, recordName) }, { detail: parsed.error.message })
    } finally {
      await own.close()
    }
  })
  return read.catch((thrown: unknown) => {
    if (isMissing(thrown) || codeOf(thrown) === 'EACCES') return null
    throw thrown
  })
}

/** Writes the record whole, in one step. */
export async function writeRecord(config: string, record: Omit<SetupRecord, 'format'>): Promise<SetupRecord> {
  return withConfig(config, async (folder) => {
    const own = await openOwnFolder(folder)
    try {
      const whole: SetupRecord = setupRecord.parse({ ...record, format: 1 })
      await writeOwn(own, recordName, JSON.stringify(whole, null, 2))
      return whole
    } finally {
      await own.close()
    }
  })
}

/** Changes a record that is there; gives it as it is then, or null where there is none. */
export async function changeRecord(config: string, change: Partial<Omit<SetupRecord, 'format'>>): Promise<SetupRecord | null> {
  const record = await readRecord(config)
  return record === null ? null : writeRecord(config, { ...record, ...change })
}

export async function removeRecord(config: string): Promise<void> {
  await withConfig(config, async (folder) => {
    const own = await findOwnFolder(folder)
    if (own === null) return
    try {
      await removeOwn(own, recordName)
    } finally {
      await own.close()
    }
  })
}

async function withConfig<T>(config: string, use: (folder: Folder) => Promise<T>): Promise<T> {
  const folder = await openConfig(config)
  try {
    return await use(folder)
  } finally {
    await folder.close()
  }
}
