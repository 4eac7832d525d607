import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { kibanaSettingNotes } from '../../shared/setting-notes.ts'
import { sha256 } from '../plan/entry.ts'
import { isRoot } from '../plan/folder.ts'
import type { Change, Owner, Plan } from '../plan/plan.ts'
import { lineNotes } from '../security/line-notes.ts'
import type { KibanaHome } from './kibana-home.ts'
import { readKibanaSettings } from './kibana-settings.ts'
import { connectedText, type ConnectedText, type KibanaConnection } from './kibana-yml.ts'
import { dropUnusedCertificates } from './unused-certificates.ts'

/** What connects a Kibana: the CA certificate in its data folder first, then the settings that name it. Two plans, since a plan lies in one folder. */
export interface KibanaPlan {
  readonly certificate: Plan
  readonly settings: Plan
  /** removes what earlier connections left, once this one stands; null where there is nothing */
  readonly cleanup: Plan | null
  readonly caPath: string
  readonly form: ConnectedText['form']
  /** settings of the person that have another value now, or went */
  readonly replaced: readonly string[]
}

/** A new `kibana.yml` holds a key to the cluster: for its owner and group alone, as the packages have theirs. */
const newSettingsMode = 0o660

/**
 * Makes both plans; touches nothing. `now` is ms since 1970: it names the certificate.
 * Problems: those of `connectedText`, `write_refused`.
 */
export async function planKibana(kibana: KibanaHome, cluster: Omit<KibanaConnection, 'caPath'> & { readonly caPem: string }, now: number): Promise<KibanaPlan> {
  const caPath = join(kibana.data, `ca_${now}.crt`)
  const before = kibana.bytes ?? Buffer.alloc(0)
  const at = { path: kibana.settingsFile, at: new Date(now) }
  const { content, text, form, replaced } = connectedText(before, { ...cluster, caPath }, at)
  const [dataFolder, rights] = await Promise.all([stat(kibana.data), rightsOfSettings(kibana)])
  const certificate: Change = {
    kind: 'write',
    path: caPath,
    content: Buffer.from(cluster.caPem),
    replaces: null,
    mode: 0o644,
    owner: ownerOf(dataFolder),
    secret: false,
    note: `The CA certificate of the cluster: by it Kibana knows that it speaks with the right one.`,
  }
  const settings: Change = {
    kind: 'write',
    path: kibana.settingsFile,
    followsLink: true,
    content,
    replaces: kibana.bytes === null ? null : sha256(before),
    ...rights,
    secret: false,
    note: noteOf(form, replaced, rights.mode),
    lineNotes: lineNotes(text, { notes: kibanaSettingNotes }),
  }
  return {
    certificate: { kind: 'kibana', title: 'Trust the cluster', changes: [certificate] },
    settings: { kind: 'kibana', title: 'Connect Kibana', changes: [settings] },
    cleanup: await dropUnusedCertificates(kibana.data, readKibanaSettings(text, kibana.settingsFile)),
    caPath,
    form,
    replaced,
  }
}

/** Whoever owned the file owns it still, where this account may say so. */
async function rightsOfSettings(kibana: KibanaHome): Promise<{ mode: number; owner: Owner | null }> {
  const { settingsFile, bytes, config } = kibana
  if (bytes === null) return { mode: newSettingsMode, owner: ownerOf(await stat(config)) }
  const stats = await stat(settingsFile)
  if (!isRoot() && process.getuid !== undefined && stats.uid !== process.getuid())
    throw problem('write_refused', { path: settingsFile, why: `it belongs to another account (${stats.uid})` })
  return { mode: stats.mode & 0o7777, owner: ownerOf(stats) }
}

function ownerOf({ uid, gid }: { uid: number; gid: number }): Owner | null {
  return process.platform === 'win32' ? null : { uid, gid }
}

function noteOf(form: ConnectedText['form'], replaced: readonly string[], mode: number): string {
  const what =
    form === 'appended'
      ? 'The section that Kibana\'s own set-up would write, behind what is there.'
      : `What was there becomes comments, and all settings are written anew below${replaced.length === 0 ? '' : `: ${replaced.join(', ')} ${replaced.length === 1 ? 'was' : 'were'} set already`}.`
  const open = process.platform !== 'win32' && (mode & 0o004) !== 0
  return open ? `${what} Every account of this machine can read this file, as before: chmod o-r closes it.` : what
}
