import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Change, Owner, Plan } from '../plan/plan.ts'
import type { Obstacles } from '../preflight/check.ts'
import { readSettingsText, surroundingsOf } from '../preflight/settings-file.ts'
import type { Settings } from '../preflight/settings.ts'
import { configPaths } from './config-paths.ts'
import { writeKeystore } from './keystore.ts'
import { openKeystore } from './read-config-file.ts'
import { remedyNotes } from './remedy-notes.ts'
import { removeSettings } from './settings-removal.ts'
import type { Gone } from './yaml-removal.ts'

export interface RemedyInput {
  readonly installation: Installation
  readonly obstacles: Obstacles
  readonly keystorePassword: Secret | null
  /** the caller's environment, of which the launcher makes the node's */
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/** Undoing what stands in the way, as a plan. */
export interface RemedyPlan {
  readonly plan: Plan
  readonly gone: readonly Gone[]
  /** what the settings say then; null where they stay */
  readonly settings: Settings | null
}

/**
 * Plans to take obstacles out of `elasticsearch.yml` and `elasticsearch.keystore`; all else in both stays, the keystore's version and password
 * too. Touches nothing, and never plans anything on a data directory. Problems: `settings_not_editable`, `not_a_plain_file`, `settings_…`, `keystore_…`.
 */
export async function planRemedy(input: RemedyInput): Promise<RemedyPlan> {
  const { obstacles, installation } = input
  const yml = obstacles.settings.length === 0 ? null : await planSettings(input)
  const keystore = obstacles.entries.length === 0 ? null : await planKeystore(input)
  return {
    plan: { kind: 'remedy', title: `Undo what stands in the way of setting up ${installation.home}`, changes: [yml?.change, keystore].filter((change) => change != null) },
    gone: yml?.gone ?? [],
    settings: yml?.settings ?? null,
  }
}

async function planSettings(input: RemedyInput): Promise<{ change: Change; gone: readonly Gone[]; settings: Settings }> {
  const { installation, obstacles, env } = input
  const path = join(installation.config, 'elasticsearch.yml')
  const { text, bytes } = await readSettingsText(path)
  const around = await surroundingsOf(installation, text, { env })
  const removed = removeSettings(text, obstacles.settings, around.env, around.given)
  const change: Change = {
    kind: 'write',
    path,
    followsLink: true,
    content: Buffer.from(removed.text, 'utf8'),
    replaces: sha256(bytes),
    ...rightsIn(await stat(path), input),
    secret: false,
    note: 'The blocking settings are commented out or removed. All other lines stay as they are.',
    lineNotes: remedyNotes(removed.gone),
  }
  return { change, gone: removed.gone, settings: removed.settings }
}

async function planKeystore(input: RemedyInput): Promise<Change> {
  const { installation, obstacles, keystorePassword } = input
  const path = configPaths(installation.config).keystore
  const keystore = await openKeystore(path, installation, keystorePassword)
  if (keystore === null) throw problem('keystore_unreadable', { path, why: 'it does not exist' })
  const { version, hasPassword, entries, bytes } = keystore
  const kept = new Map([...entries].filter(([name]) => !obstacles.entries.includes(name)))
  return {
    kind: 'write',
    path,
    content: await writeKeystore({ version, entries: kept, password: hasPassword ? keystorePassword : null }),
    replaces: sha256(bytes),
    ...(await rightsOf(path, input)),
    secret: true,
    note: `${obstacles.entries.join(', ')} ${obstacles.entries.length === 1 ? 'leaves' : 'leave'} it. ${keptWords(kept.size, hasPassword)}`,
  }
}

function keptWords(count: number, hasPassword: boolean): string {
  const entries = count === 0 ? 'Nothing else is in it' : count === 1 ? 'The other entry stays' : `The other ${count} entries stay`
  return hasPassword ? `${entries}; so does its password.` : `${entries}.`
}

/** A file keeps its owner and mode. A link is somebody's doing: it is not replaced by a file. */
async function rightsOf(path: string, input: RemedyInput): Promise<{ mode: number; owner: Owner | null }> {
  const stats = await lstat(path)
  if (!stats.isFile()) throw problem('not_a_plain_file', { path, what: stats.isSymbolicLink() ? 'a link' : 'no file' })
  return rightsIn(stats, input)
}

function rightsIn({ mode, uid, gid }: Stats, { platform = process.platform }: RemedyInput) {
  return { mode: mode & 0o7777, owner: platform === 'win32' ? null : { uid, gid } }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
