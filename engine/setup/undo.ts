import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { UndoPreview } from '../../shared/contract/node.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { withCluster, type Cluster } from '../cluster/client.ts'
import { withFileRealmSuperuser } from '../cluster/file-realm.ts'
import type { Leaving } from '../cluster/leave-cluster.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { findNode } from '../node/find-node.ts'
import { removeNodeRecord } from '../node/node-record.ts'
import { startNode } from '../node/start.ts'
import { stopNode } from '../node/stop.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { ownName } from '../plan/own-folder.ts'
import type { PutBack } from '../plan/put-back.ts'
import { readRecord, type SetupRecord } from '../plan/record.ts'
import { previewUndo as previewFiles, undoFiles, whatIsThere } from '../plan/undo.ts'
import { beginUndo, endUndo, isUndoBegun } from '../plan/unfinished.ts'
import { lookAtKeystore } from '../preflight/keystore-look.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { askBeforeUndo, askWithoutMaster, type AskedBeforeUndo } from './ask-before-undo.ts'
import { dataWasFormed, formedData, removeTraces } from './node-traces.ts'
import { refuseLocked } from './refuse-locked.ts'
import { tellProblem } from './tell-problem.ts'

/** What undoing the set-up of this home would do; touches nothing. Refusals are data. */
export async function previewUndo(installation: Installation): Promise<UndoPreview> {
  const { config, home } = installation
  const record = await readRecord(config)
  const formed = await dataWasFormed(installation)
  const running = await findNode(installation)
  const files = await previewFiles(config)
  const there = await whatIsThere(config)
  // Before it changes anything an undo asks the cluster; one that was interrupted has its answer, unless the node ran since.
  const goesOn = running === null && (await isUndoBegun(config))
  const foreseen = { running, data: formed ? await formedData(installation) : [], files }
  const { code, message, remedy } = tellProblem(problem('nothing_to_undo', { home }))
  return {
    sentences: there === 'litter' ? [litterSentence(config, 'will')] : sentencesOf({ ...foreseen, joined: record?.joining === true }, 'will'),
    deletesData: formed,
    stopsNode: running !== null,
    needsPassword: false,
    needsKeystorePassword: formed && running === null && !goesOn && (await lookAtKeystore(installation, null)).problem?.code === 'keystore_locked',
    refusal: there === 'nothing' ? { code, message, remedy } : null,
  }
}

function litterSentence(config: string, when: 'will' | 'was'): string {
  return `${join(config, ownName)} ${when === 'will' ? 'will be' : 'was'} deleted: an interrupted Firstnode left it, before it changed anything.`
}

interface Foreseen {
  readonly joined: boolean
  readonly running: RunningNode | null
  readonly data: readonly string[]
  readonly files: PutBack
}

function sentencesOf({ joined, running, data, files }: Foreseen, when: 'will' | 'was'): string[] {
  const deed = (done: string, one = true): string => (when === 'will' ? `will be ${done}` : `${one ? 'was' : 'were'} ${done}`)
  const copies = when === 'will' ? 'only after the cluster has shown that other nodes have' : 'after the cluster had shown that other nodes have'
  const kept = when === 'will' ? 'only after the cluster has shown that it holds' : 'after the cluster had shown that it held'
  return [
    ...(running === null ? [] : [`The node "${running.name}" (process ${running.pid}) ${deed('stopped')}.`]),
    ...(data.length === 0 ? [] : [joined ? `Its data (${data.join(', ')}) ${deed('deleted')}, ${copies} a copy of all of it.` : `Its data (${data.join(', ')}) ${deed('deleted')}, ${kept} nothing but Elasticsearch's own indices.`]),
    ...files.removed.map((path) => `${path} ${deed('deleted')}.`),
    ...files.restored.map((path) => `${path} ${deed('put back as it was before')}.`),
    ...files.merged.map((path) => `The lines of the set-up in ${path} ${deed('taken out', false)}; what was edited since stays.`),
    ...files.beside.map((path) => `${path} ${deed('kept beside, under a new name')}.`),
    ...files.kept.map(({ path, reason }) => `${path} stays: ${reason}.`),
  ]
}

export interface UndoSecrets {
  readonly password?: Secret | undefined
  /** of a protected keystore, for a node that has to be started */
  readonly keystorePassword?: Secret | undefined
  /** the person has said that the other nodes of the cluster no longer exist: their absence is no reason to keep this one and its data */
  readonly othersGone?: boolean | undefined
}

export interface UndoWish extends UndoSecrets {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * Undoes the whole set-up of a home. Data is deleted only when this set-up formed the cluster, no other node has joined it
 * and all its indices are system indices; the node is asked that while it runs (and started for it). Without `password` a
 * temporary superuser of the file realm asks. Problems: `nothing_to_undo`, `undo_would_lose_data`, `undo_other_cluster`,
 * `undo_other_nodes`, `undo_no_master`, `undo_absent_nodes`, those of `leaveCluster`, `busy`, `keystore_locked`, `keystore_wrong_password`, and those of starting and stopping. `signal` cancels while nothing is changed yet; from then on it goes to its end.
 */
export async function applyUndo(installation: Installation, { signal, onProgress = () => undefined, ...given }: UndoWish): Promise<{ sentences: string[] }> {
  const { config } = installation
  const step = (done: number, text: string): void => onProgress({ text, done, total: 3, unit: 'steps' })
  const preview = await previewUndo(installation)
  if (preview.refusal !== null) throw problem('nothing_to_undo', { home: installation.home })
  if (preview.needsKeystorePassword) await refuseLocked(installation, given.keystorePassword ?? null)
  // The lock removes them.
  if ((await whatIsThere(config)) === 'litter') return withHomeLocked(config, () => Promise.resolve({ sentences: [litterSentence(config, 'was')] }))
  return withHomeLocked(config, async () => {
    step(0, 'Asking the cluster whether it holds anything but its own indices')
    const goesOn = (await findNode(installation)) === null && (await isUndoBegun(config))
    const record = await readRecord(config)
    const leaving = preview.deletesData && !goesOn ? await refuseLosingData(installation, record, given, signal) : null
    if (leaving === null) signal?.throwIfAborted()
    const joined = record?.joining === true
    const running = await findNode(installation)
    step(1, 'Stopping the node')
    const left = await stopLeaving(installation, running, leaving)
    step(2, 'Restoring what the setup changed')
    await beginUndo(config)
    const data = preview.deletesData ? await formedData(installation) : []
    await removeNodeRecord(config)
    await removeTraces(installation)
    const files = await undoFiles(config)
    await endUndo(config)
    return { sentences: [...sentencesOf({ joined, running, data, files }, 'was'), ...(left === null ? [] : [`${left.message} ${left.remedy}`])] }
  })
}

/** Stops the node, and ends what it left in its cluster: gives what could not be ended there. */
async function stopLeaving(installation: Installation, running: RunningNode | null, leaving: Leaving | null): Promise<Problem | null> {
  if (running === null) return null
  await stopNode({ installation }).catch(async (thrown: unknown) => {
    await leaving?.stays()
    throw thrown
  })
  return (await leaving?.gone()) ?? null
}

/** Refuses where data would be lost. Of a node that others are left behind by: how it leaves them; null of one that is alone. */
async function refuseLosingData(installation: Installation, record: SetupRecord | null, given: UndoSecrets, signal: AbortSignal | undefined): Promise<Leaving | null> {
  const { password, keystorePassword } = given
  const ran = (await findNode(installation)) !== null
  const { tls } = await readCalledNode({ installation, keystorePassword: keystorePassword ?? null })
  const started = ran ? null : await startNode({ installation, keystorePassword, signal })
  void started?.letGo()
  try {
    // Only a node that runs has its port: an unnamed one may have moved on.
    const { url } = await addressOf(installation, started?.node)
    const died = async (): Promise<Problem | null> => (await started?.died()) ?? null
    await waitUntilAnswering({ url, ...tls, password: password ?? null, ...(signal === undefined ? {} : { signal }), died })
    const auth = password === undefined ? null : { user: 'elastic', password }
    const asked: AskedBeforeUndo = { installation, record, auth, signal, othersGone: given.othersGone === true }
    const ask = (cluster: Cluster): Promise<Leaving | null> => askBeforeUndo(cluster, asked)
    const leaving = await (auth === null
      ? withFileRealmSuperuser({ installation, url, tls, signal }, ask, (cluster) => askWithoutMaster(cluster, asked))
      : withCluster({ url, ...tls, auth }, ask))
    if (signal?.aborted) await leaving?.stays()
    signal?.throwIfAborted()
    return leaving
  } catch (thrown) {
    if (!ran && (await findNode(installation)) !== null) await stopNode({ installation })
    throw thrown
  }
}
