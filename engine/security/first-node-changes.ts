import type { Change, Owner } from '../plan/plan.ts'
import { configPaths } from './config-paths.ts'
import type { ConfigBefore } from './first-node-before.ts'
import type { FirstNodeFiles } from './first-node-files.ts'
import type { FirstNodePlan } from './first-node.ts'
import type { SettingsEdited } from './settings-edit.ts'

const fileMode = 0o660
const folderMode = 0o750

/** What a first node changes, in order, or one that joins (then nobody chooses a password: null); `files` is null while their content is still to be made. */
export function firstNodeChanges(known: {
  readonly config: string
  readonly before: ConfigBefore
  readonly files: FirstNodeFiles | null
  readonly settings: SettingsEdited
  readonly heap: string | null
  readonly passwordSource: FirstNodePlan['passwordSource'] | null
  readonly now: Date
}): Change[] {
  const { before, files, settings, heap, passwordSource, now } = known
  const { owner } = before
  const paths = configPaths(known.config)
  const kept = `${paths.certs}.${Math.floor(now.getTime() / 1000)}.orig`
  return [
    ...(before.certsThere ? [{ kind: 'rename', from: paths.certs, to: kept, note: 'What is there under this name is kept under another.' } as const] : []),
    folder(paths.certs, owner, 'For the certificates of this node.'),
    file(paths.httpCa, files?.httpCa, { owner, note: 'The CA certificate. Safe to share with clients.' }),
    file(paths.http, files?.http, {
      owner,
      secret: true,
      note: 'The certificate and key for HTTPS, and the certificate authority with its key, for enrolling Kibana and nodes.',
    }),
    file(paths.transport, files?.transport, { owner, secret: true, note: 'The certificate and key by which the nodes of the cluster know each other.' }),
    file(paths.keystore, files?.keystore, {
      owner,
      secret: true,
      replaces: before.keystore?.sha256 ?? null,
      note: keystoreNote(before.keystore !== null, passwordSource),
    }),
    ...(heap === null ? [] : heapChanges(paths, before, heap)),
    {
      ...file(paths.yml, Buffer.from(settings.text, 'utf8'), { owner: before.yml.owner, note: 'The settings of this node: yours stay, those of security are added.' }),
      followsLink: true,
      mode: before.yml.mode,
      replaces: before.yml.sha256,
      lineNotes: settings.lineNotes,
    },
  ]
}

function heapChanges(paths: ReturnType<typeof configPaths>, { owner, heap: there }: ConfigBefore, heap: string): Change[] {
  const [least, most] = [`-Xms${heap}`, `-Xmx${heap}`]
  const text = ['# The heap size of this node, chosen during setup', least, most, ''].join('\n')
  return [
    ...(there.folderThere ? [] : [folder(paths.heapFolder, owner, 'For options of the Java that runs the node.')]),
    {
      ...file(paths.heap, Buffer.from(text), { owner, replaces: there.sha256, note: `The heap size of the node: ${heap}.` }),
      lineNotes: new Map([[1, 'The heap size at startup.'], [2, 'The maximum heap size: the same, as Elasticsearch recommends.']]),
    },
  ]
}

function folder(path: string, owner: Owner | null, note: string): Change {
  return { kind: 'create-directory', path, mode: folderMode, owner, note }
}

function file(
  path: string,
  content: Uint8Array | undefined,
  { owner, note, secret = false, replaces = null }: { owner: Owner | null; note: string; secret?: boolean; replaces?: string | null },
): Change & { kind: 'write' } {
  const made = content === undefined ? { content: new Uint8Array(), pending: true as const } : { content }
  return { kind: 'write', path, ...made, replaces, mode: fileMode, owner, secret, note }
}

function keystoreNote(isThere: boolean, source: FirstNodePlan['passwordSource'] | null): string {
  const stores = isThere ? 'The passwords of the two stores are added; all that is in it stays.' : 'The passwords of the two stores, encrypted.'
  const elastic = {
    'bootstrap.password': 'A bootstrap.password is in it already: it is the password of the elastic user.',
    chosen: 'The password that was chosen for the elastic user goes in as a hash.',
    made: 'The password that is made for the elastic user goes in as a hash.',
  }
  return source === null ? stores : `${stores} ${elastic[source]}`
}
