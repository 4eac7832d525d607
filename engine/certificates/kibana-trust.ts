import { realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { RenewalPreview, RenewalUndo } from '../../shared/contract/certificates.ts'
import type { ChangeView } from '../../shared/contract/setup.ts'
import { readOwned } from '../installation/read-owned.ts'
import { accountToWrite } from '../kibana/kibana-account.ts'
import { isKibanaTorn, withKibanaLocked } from '../kibana/kibana-changes.ts'
import { refuseUnwritable } from '../kibana/kibana-guards.ts'
import { inspectKibana, type KibanaHome } from '../kibana/kibana-home.ts'
import { readKibanaSettings, kibanaYmlText } from '../kibana/kibana-settings.ts'
import { applyPlan } from '../plan/apply.ts'
import { sha256 } from '../plan/entry.ts'
import { readInOwnFolder } from '../plan/in-own-folder.ts'
import type { Journal } from '../plan/journal.ts'
import { ownerOfFolder } from '../plan/owner-of-folder.ts'
import type { Change, Plan } from '../plan/plan.ts'
import { previewChanges } from '../plan/preview.ts'
import { rollBack } from '../plan/roll-back.ts'
import { readSettled, settle } from '../plan/settled.ts'
import { standingLast, undoLast } from '../plan/undo-last.ts'
import { kibanasTrusting } from './fingerprint-users.ts'

type AnyKibana = Awaited<ReturnType<typeof kibanasTrusting>>[number]
type TrustingKibana = NonNullable<RenewalPreview['authority']>['kibanas'][number]

/** A CA certificate before and after it was issued again: fingerprints (SHA-256, lower-case hex), and the new one. */
export interface Reissue {
  readonly oldFingerprint: string
  readonly newFingerprint: string
  readonly pem: string
}

/** What the Kibanas of this machine need after a CA certificate was issued again. */
export interface KibanaTrust {
  readonly kibanas: readonly TrustingKibana[]
  /** for the preview: of those that Firstnode changes */
  readonly changes: readonly ChangeView[]
}

/** One plan a folder, since a plan changes one folder: the data folder, then the config directory. */
type FolderPlan = readonly [folder: string, plan: Plan]

const title = 'Trust the new CA certificate'

/**
 * Finds the Kibanas near `home` that trust the old CA certificate, and says which of them Firstnode can change: it wrote
 * the files, they are still as it wrote them, and this account may write them. Touches nothing.
 */
export async function draftKibanaTrust(reissue: Reissue, home: string): Promise<KibanaTrust> {
  const found = await kibanasTrusting(reissue.oldFingerprint, home)
  const drafted = await Promise.all(
    found.map(async (one) => {
      const plans = await plansFor(one, reissue).catch(() => null)
      const changes = await Promise.all((plans ?? []).map(([, plan]) => previewChanges(plan)))
      return { kibana: { ...one, changed: plans !== null }, changes: changes.flat() }
    }),
  )
  return {
    kibanas: drafted.map(({ kibana }) => kibana),
    changes: drafted.flatMap(({ changes }) => changes),
  }
}

/**
 * Changes the Kibanas that the preview said it would, each whole or not at all. Returns all of them: `changed` says
 * which trust the new CA certificate now.
 */
export async function changeKibanaTrust(
  kibanas: readonly TrustingKibana[],
  reissue: Reissue,
): Promise<TrustingKibana[]> {
  const after: TrustingKibana[] = []
  for (const one of kibanas) {
    const changed = one.changed && (await changeOne(one, reissue).then(() => true, () => false))
    after.push({ ...one, changed })
  }
  return after
}

async function changeOne(one: TrustingKibana, reissue: Reissue): Promise<void> {
  const kibana = await inspectKibana({ home: one.home })
  await withKibanaLocked(kibana, async () => {
    const account = await accountToWrite(kibana, undefined)
    const config = await realpath(kibana.config)
    const applied: string[] = []
    try {
      for (const [folder, plan] of await plansFor(one, reissue)) {
        // Settings name the data folder, so root writes there only what the account that runs Kibana could.
        const owner = folder === config ? ownerOfFolder(folder) : (account ?? ownerOfFolder(folder))
        await applyPlan(plan, { config: folder, owner })
        applied.push(folder)
      }
    } catch (thrown) {
      for (const folder of applied.toReversed()) await rollBack(folder)
      throw thrown
    }
    for (const folder of applied) await settle(folder)
  })
}

/** Throws where Firstnode must not, or cannot, change this Kibana. */
async function plansFor({ home, fingerprint, copy }: AnyKibana, reissue: Reissue): Promise<FolderPlan[]> {
  const kibana = await inspectKibana({ home })
  if (await isKibanaTorn(kibana)) throw new Error('an earlier change is unfinished')
  await refuseUnwritable(kibana, await accountToWrite(kibana, undefined))
  const certificate = copy === null ? null : await copyChange(copy, reissue)
  const settings = fingerprint ? await settingsChange(kibana, reissue) : null
  const folders = new Map<string, Change[]>()
  for (const change of [certificate, settings]) {
    if (change === null) continue
    const folder = await realpath(dirname(change.path))
    folders.set(folder, [...(folders.get(folder) ?? []), change])
  }
  return Array.from(folders, ([folder, changes]) => [folder, { kind: 'renew', title, changes }])
}

async function copyChange(path: string, { pem }: Reissue): Promise<Change & { kind: 'write' }> {
  const written = (await settledSteps(dirname(path))).findLast(
    (step) => step.kind === 'write' && step.place === basename(path),
  )
  const bytes = await readOwned(path)
  if (written?.kind !== 'write' || written.sha256 !== sha256(bytes)) throw new Error('not as Firstnode wrote it')
  const content = Buffer.from(pem)
  return { ...(await replacing(path, bytes, content)), note: 'The new CA certificate of the cluster.' }
}

async function settingsChange(kibana: KibanaHome, reissue: Reissue): Promise<Change & { kind: 'write' }> {
  const { settingsFile: path, config, bytes } = kibana
  if (bytes === null) throw new Error('no settings')
  const { oldFingerprint, newFingerprint } = reissue
  const ours = (await settledSteps(config))
    .flatMap((step) => (step.kind === 'write' ? (step.edits ?? []) : []))
    .flatMap(({ added }) => added)
    .filter((line) => typeof line === 'string')
    .filter((line) => line.includes(`ca_trusted_fingerprint: ${oldFingerprint}`))
    .map((line) => line.trimEnd())
  // Latin-1 gives every byte a character of its own, so that all others stay as they are.
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const content = Buffer.from(
    lines
      .map((line) => (ours.includes(line.trimEnd()) ? line.replaceAll(oldFingerprint, newFingerprint) : line))
      .join('\n'),
    'latin1',
  )
  const outputs = readKibanaSettings(kibanaYmlText(content, path), path)['xpack.fleet.outputs']
  const text = JSON.stringify(outputs ?? null).toLowerCase()
  if (text.includes(oldFingerprint) || !text.includes(newFingerprint)) throw new Error('not as Firstnode wrote it')
  return { ...(await replacing(path, bytes, content)), note: 'The fingerprint of the new CA certificate.' }
}

async function replacing(path: string, before: Uint8Array, content: Buffer) {
  const { uid, gid, mode } = await stat(path)
  return {
    kind: 'write',
    path,
    followsLink: true,
    content,
    replaces: sha256(before),
    mode: mode & 0o7777,
    owner: process.platform === 'win32' ? null : { uid, gid },
    secret: false,
  } as const
}

async function settledSteps(folder: string): Promise<Journal['steps']> {
  const journals = await readInOwnFolder<Journal[]>(folder, [], (_, own) => readSettled(own))
  return journals.flatMap(({ steps }) => steps)
}

/** The renewal of a node that is to be undone: its config directory, and the fingerprint of the CA it issued. */
export interface UndoneReissue {
  readonly fingerprint: string
  readonly home: string
  readonly config: string
}

/** The Kibanas that this renewal changed, and which of their files an undo restores. Touches nothing. */
export async function changedKibanas(undone: UndoneReissue): Promise<RenewalUndo['kibanas']> {
  const changed = await whatWasChanged(undone)
  return changed.map(({ kibana, folders }) => ({
    home: kibana.home,
    restored: folders.flatMap(({ restored }) => restored),
  }))
}

/** Restores what this renewal changed in Kibanas; a user's edits since stay. To be called before the node's own undo. */
export async function restoreKibanaTrust(undone: UndoneReissue): Promise<void> {
  for (const { kibana, folders } of await whatWasChanged(undone))
    await withKibanaLocked(kibana, async () => {
      for (const { folder } of folders.toReversed()) await undoLast(folder, 'renew', { most: 1 })
    })
}

interface ChangedKibana {
  readonly kibana: KibanaHome
  readonly folders: readonly { readonly folder: string; readonly restored: readonly string[] }[]
}

async function whatWasChanged({ fingerprint, home, config }: UndoneReissue): Promise<ChangedKibana[]> {
  const since = await lastRenewedAt(config)
  if (since === null) return []
  const changed: ChangedKibana[] = []
  for (const one of await kibanasTrusting(fingerprint, home)) {
    const kibana = await inspectKibana({ home: one.home })
    const folders = []
    for (const folder of new Set([...(one.copy === null ? [] : [dirname(one.copy)]), kibana.config])) {
      const at = await lastRenewedAt(folder)
      // A change that is older belongs to the renewal of another node of this cluster.
      if (at === null || at < since) continue
      const { count, putBack } = await standingLast(folder, 'renew', 1)
      if (count > 0) folders.push({ folder, restored: [...putBack.restored, ...putBack.merged] })
    }
    if (folders.length > 0) changed.push({ kibana, folders })
  }
  return changed
}

async function lastRenewedAt(folder: string): Promise<number | null> {
  const journals = await readInOwnFolder<Journal[]>(folder, [], (_, own) => readSettled(own))
  return journals.findLast(({ kind }) => kind === 'renew')?.at ?? null
}
