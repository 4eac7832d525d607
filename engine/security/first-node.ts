import { createHash } from 'node:crypto'
import { lstat, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { Change, Owner, Plan } from '../plan/plan.ts'
import { certificateName, checkAnswers, checkNodeName, checkPassword } from './answers.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from './certificates.ts'
import { formatOfInstallation } from './keystore-format.ts'
import { readKeystore, writeKeystore, type KeystoreEntries } from './keystore.ts'
import { hostNames } from './host-names.ts'
import type { NodeKeys } from './keys.ts'
import { hashPassword, makeElasticPassword, makeKeystoreSeed, makeStorePassword } from './passwords.ts'
import { writeStore } from './pkcs12-write.ts'
import { SecretBytes } from './secret-bytes.ts'
import { configureSettings } from './settings-block.ts'

export interface FirstNodeInput {
  readonly installation: Installation
  /** the node as it will be, every default filled in */
  readonly facts: SetupFacts
  /** what of it a person chose: only that is written into `elasticsearch.yml` */
  readonly answers: Omit<SetupAnswers, 'elasticPassword' | 'keystorePassword'>
  readonly elasticPassword?: Secret | null
  readonly keystorePassword?: Secret | null
  readonly now: Date
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/** The first node as a plan, and what somebody needs to use it. */
export interface FirstNodePlan {
  readonly plan: Plan
  /** of the elastic user */
  readonly password: Secret
  readonly passwordSource: 'made' | 'chosen' | 'bootstrap.password'
  /** SHA-256 of the CA's DER, lower-case hex */
  readonly caFingerprint: string
  readonly caPem: string
  /** where http_ca.crt will lie */
  readonly caPath: string
}

/** The first node before its keys are there: all is read and decided. */
export interface FirstNodeOutline {
  /** for the preview: as it will be, but that files which need the keys are `pending` and without content */
  readonly plan: Plan
  readonly passwordSource: FirstNodePlan['passwordSource']
  /** The whole plan, made from what was read for the outline: apply refuses where a file changed since. */
  complete(keys: NodeKeys): Promise<FirstNodePlan>
}

/**
 * Plans a first secured node: outline and keys in one. Touches nothing. Problems: those of `outlineFirstNode`.
 */
export async function planFirstNode(input: FirstNodeInput & { readonly keys: NodeKeys }): Promise<FirstNodePlan> {
  return (await outlineFirstNode(input)).complete(input.keys)
}

/**
 * Reads what there is and decides all that does not need the keys. Touches nothing. Problems: `bad_…` of the answers, `keystore_…`,
 * `bootstrap_password_there`, `settings_not_editable`, `settings_…`.
 */
export async function outlineFirstNode(input: FirstNodeInput): Promise<FirstNodeOutline> {
  checkChoices(input)
  const [disk, names] = await Promise.all([readDisk(input), hostNames(furtherNames(input), input.env, input.platform)])
  const password = choosePassword(input, disk)
  const yml = configureSettings(disk.yml.text, settingsWanted(input), input.env ?? process.env)
  const changes = (made: MadeFiles | null): Plan => ({
    title: `Set up ${input.facts.nodeName} as the first node of ${input.facts.clusterName}`,
    changes: changesOf(input, { disk, made, yml, passwordSource: password.source }),
  })
  return {
    plan: changes(null),
    passwordSource: password.source,
    complete: async (keys) => {
      const { caPem, caFingerprint, ...made } = await makeFiles(input, { disk, names, keys, password })
      return { plan: changes(made), password: password.secret, passwordSource: password.source, caPem, caFingerprint, caPath: pathsOf(input).httpCa }
    },
  }
}

interface Disk {
  readonly owner: Owner | null
  readonly yml: { readonly text: string; readonly sha256: string; readonly mode: number; readonly owner: Owner | null }
  readonly keystore: { readonly entries: KeystoreEntries; readonly hasPassword: boolean; readonly sha256: string } | null
  readonly certsThere: boolean
  readonly heapFolderThere: boolean
  readonly heapFile: string | null
}

interface MadeFiles {
  readonly httpCa: Uint8Array
  readonly http: Uint8Array
  readonly transport: Uint8Array
  readonly keystore: Uint8Array
}

interface ChosenPassword {
  readonly secret: Secret
  readonly source: FirstNodePlan['passwordSource']
}

function pathsOf({ installation }: Pick<FirstNodeInput, 'installation'>) {
  const { config } = installation
  const certs = join(config, 'certs')
  const heapFolder = join(config, 'jvm.options.d')
  return {
    certs,
    httpCa: join(certs, 'http_ca.crt'),
    http: join(certs, 'http.p12'),
    transport: join(certs, 'transport.p12'),
    keystore: join(config, 'elasticsearch.keystore'),
    yml: join(config, 'elasticsearch.yml'),
    heapFolder,
    heap: join(heapFolder, 'firstnode.options'),
  }
}

function checkChoices({ answers, facts, elasticPassword }: FirstNodeInput): void {
  checkAnswers(answers)
  checkNodeName(facts.nodeName)
  if (elasticPassword) checkPassword(elasticPassword.reveal())
}

/** Names a person asked for, and the address HTTPS will be published on: tools refuse a certificate without it. */
function furtherNames({ facts }: FirstNodeInput): string[] {
  const published = facts.httpHost.split(',').map((host) => host.trim().replace(/^\[(.*)\]$/, '$1'))
  const named = published.filter((host) => host !== '' && host !== '0.0.0.0' && host !== '::' && !host.startsWith('_'))
  return [...named, ...facts.san].map(certificateName)
}

async function readDisk(input: FirstNodeInput): Promise<Disk> {
  const { installation, platform = process.platform } = input
  const paths = pathsOf(input)
  const [config, ymlBytes, ymlStat, keystore, certs, heapFolder, heapFile] = await Promise.all([
    stat(installation.config),
    readFile(paths.yml).catch((thrown: NodeJS.ErrnoException) => { throw unreadable(paths.yml, thrown) }),
    stat(paths.yml).catch((thrown: NodeJS.ErrnoException) => { throw unreadable(paths.yml, thrown) }),
    readOldKeystore(input, paths.keystore),
    lstat(paths.certs).catch(() => null),
    stat(paths.heapFolder).catch(() => null),
    readFile(paths.heap).catch(() => null),
  ])
  const ownerOf = ({ uid, gid }: { uid: number; gid: number }): Owner | null => (platform === 'win32' ? null : { uid, gid })
  return {
    owner: ownerOf(config),
    yml: { text: utf8(paths.yml, ymlBytes), sha256: sha256(ymlBytes), mode: ymlStat.mode & 0o7777, owner: ownerOf(ymlStat) },
    keystore,
    certsThere: certs !== null,
    heapFolderThere: heapFolder !== null,
    heapFile: heapFile === null ? null : sha256(heapFile),
  }
}

const tlsEntries = {
  http: 'xpack.security.http.ssl.keystore.secure_password',
  transport: 'xpack.security.transport.ssl.keystore.secure_password',
  truststore: 'xpack.security.transport.ssl.truststore.secure_password',
} as const
const bootstrapPassword = 'bootstrap.password'

async function readOldKeystore({ installation, keystorePassword = null }: FirstNodeInput, path: string): Promise<Disk['keystore']> {
  const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null
    throw problem('keystore_unreadable', { path, why: thrown.code ?? thrown.message }, { cause: thrown })
  })
  if (bytes === null) return null
  const { entries, hasPassword } = await readKeystore(bytes, { password: keystorePassword, path, newest: formatOfInstallation(installation) })
  const there = Object.values(tlsEntries).find((name) => entries.has(name))
  if (there !== undefined) throw problem('keystore_has_tls', { path, entry: there })
  return { entries, hasPassword, sha256: sha256(bytes) }
}

/** A `bootstrap.password` wins over every hash (ReservedRealm), so it is the password. */
function choosePassword(input: FirstNodeInput, { keystore }: Disk): ChosenPassword {
  const there = keystore?.entries.get(bootstrapPassword)
  if (there !== undefined && input.elasticPassword) throw problem('bootstrap_password_there', { path: pathsOf(input).keystore })
  if (there !== undefined) return { secret: there.text(), source: 'bootstrap.password' }
  return input.elasticPassword ? { secret: input.elasticPassword, source: 'chosen' } : { secret: makeElasticPassword(), source: 'made' }
}

function settingsWanted({ facts, answers, installation, now }: FirstNodeInput): Parameters<typeof configureSettings>[1] {
  const { ports } = installation
  return {
    nodeName: facts.nodeName,
    chosen: {
      nodeName: answers.nodeName ?? null,
      clusterName: answers.clusterName ?? null,
      httpPort: answers.httpPort === undefined && facts.httpPort === ports.http ? null : facts.httpPort,
      transportPort: answers.transportPort === undefined && facts.transportPort === ports.transport ? null : facts.transportPort,
      httpHost: answers.httpHost === undefined ? null : facts.httpHost,
    },
    now,
  }
}

async function makeFiles(
  { installation, facts, now, keystorePassword = null }: FirstNodeInput,
  known: { readonly disk: Disk; readonly names: readonly string[]; readonly keys: NodeKeys; readonly password: ChosenPassword },
): Promise<MadeFiles & { readonly caPem: string; readonly caFingerprint: string }> {
  const { disk, names, keys, password } = known
  const [httpPassword, transportPassword] = [makeStorePassword(), makeStorePassword()]
  const entries = new Map(disk.keystore?.entries)
  if (!entries.has('keystore.seed')) entries.set('keystore.seed', SecretBytes.of(makeKeystoreSeed()))
  entries.set(tlsEntries.transport, SecretBytes.of(transportPassword))
  entries.set(tlsEntries.truststore, SecretBytes.of(transportPassword))
  entries.set(tlsEntries.http, SecretBytes.of(httpPassword))
  const certificates = await makeNodeCertificates({ keys, nodeName: facts.nodeName, names, now })
  const caPem = toPem(certificates.httpCa)
  const madeAt = now.getTime()
  const [http, transport, keystore] = await Promise.all([
    writeStore(
      {
        keys: [
          { alias: 'http_ca', key: keys.httpCa.privateKey, chain: [certificates.httpCa], madeAt },
          { alias: 'http', key: keys.http.privateKey, chain: [certificates.http, certificates.httpCa], madeAt: madeAt + 1 },
        ],
        trusted: [],
      },
      httpPassword,
    ),
    writeStore(
      {
        keys: [{ alias: 'transport', key: keys.transport.privateKey, chain: [certificates.transport, certificates.transportCa], madeAt }],
        trusted: [{ alias: 'transport_ca', certificate: certificates.transportCa }],
      },
      transportPassword,
    ),
    addPassword(entries, password).then((all) =>
      writeKeystore({ version: formatOfInstallation(installation), entries: all, password: disk.keystore?.hasPassword === true ? keystorePassword : null }),
    ),
  ])
  return { httpCa: Buffer.from(caPem), http, transport, keystore, caPem, caFingerprint: fingerprintOf(certificates.httpCa) }
}

async function addPassword(entries: Map<string, SecretBytes>, { secret, source }: ChosenPassword): Promise<KeystoreEntries> {
  if (source !== 'bootstrap.password') entries.set('autoconfiguration.password_hash', SecretBytes.of(await hashPassword(secret)))
  return entries
}

const fileMode = 0o660
const folderMode = 0o750

function changesOf(
  input: FirstNodeInput,
  known: {
    readonly disk: Disk
    readonly made: MadeFiles | null
    readonly yml: ReturnType<typeof configureSettings>
    readonly passwordSource: FirstNodePlan['passwordSource']
  },
): Change[] {
  const { disk, made, yml, passwordSource } = known
  const paths = pathsOf(input)
  const { owner } = disk
  const file = (path: string, content: Uint8Array | undefined, secret: boolean, note: string, replaces: string | null = null): Change => ({
    kind: 'write',
    path,
    content: content ?? new Uint8Array(),
    ...(content === undefined ? { pending: true as const } : {}),
    replaces,
    mode: fileMode,
    owner,
    secret,
    note,
  })
  const kept = `${paths.certs}.${Math.floor(input.now.getTime() / 1000)}.orig`
  return [
    ...(disk.certsThere ? [{ kind: 'rename', from: paths.certs, to: kept, note: 'What is there under this name is kept under another.' } as const] : []),
    { kind: 'create-directory', path: paths.certs, mode: folderMode, owner, note: 'For the certificates of this node.' },
    file(paths.httpCa, made?.httpCa, false, 'The certificate authority that clients trust, to give away.'),
    file(paths.http, made?.http, true, 'The certificate and key for HTTPS, and the certificate authority with its key, for enrolling Kibana and nodes.'),
    file(paths.transport, made?.transport, true, 'The certificate and key with which nodes of the cluster know each other.'),
    file(paths.keystore, made?.keystore, true, keystoreNote(disk.keystore !== null, passwordSource), disk.keystore?.sha256 ?? null),
    ...heapChanges(input, disk),
    {
      kind: 'write',
      path: paths.yml,
      content: Buffer.from(yml.text, 'utf8'),
      replaces: disk.yml.sha256,
      mode: disk.yml.mode,
      owner: disk.yml.owner,
      secret: false,
      note: 'The settings of this node: yours stay, those of security are added.',
      lineNotes: yml.lineNotes,
    },
  ]
}

function heapChanges(input: FirstNodeInput, { owner, heapFolderThere, heapFile }: Disk): Change[] {
  const { heap } = input.facts
  if (heap === null) return []
  const paths = pathsOf(input)
  const text = ['# The heap of this node, as chosen when it was set up', `-Xms${heap}`, `-Xmx${heap}`, ''].join('\n')
  return [
    ...(heapFolderThere ? [] : [{ kind: 'create-directory', path: paths.heapFolder, mode: folderMode, owner, note: 'For options of the Java that runs the node.' } as const]),
    {
      kind: 'write',
      path: paths.heap,
      content: Buffer.from(text),
      replaces: heapFile,
      mode: fileMode,
      owner,
      secret: false,
      note: `How much memory the node takes for its heap: ${heap}.`,
      lineNotes: { [`-Xms${heap}`]: 'The heap it starts with.', [`-Xmx${heap}`]: 'The most it may take: the same, as Elasticsearch advises.' },
    },
  ]
}

function keystoreNote(isThere: boolean, source: FirstNodePlan['passwordSource']): string {
  const what = isThere ? 'The passwords of the two stores are added; all that is in it stays.' : 'The passwords of the two stores, encrypted.'
  const elastic = {
    'bootstrap.password': 'A bootstrap.password is in it: it is the password of the elastic user.',
    chosen: 'The password that was chosen for the elastic user goes in as a hash.',
    made: 'The password that is made for the elastic user goes in as a hash.',
  }[source]
  return `${what} ${elastic}`
}

function unreadable(path: string, thrown: NodeJS.ErrnoException): Error {
  return thrown.code === 'ENOENT' ? problem('settings_missing', { path }) : problem('settings_unreadable', { path, why: thrown.code ?? thrown.message }, { cause: thrown })
}

function utf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (thrown) {
    throw problem('settings_unreadable', { path, why: 'it is not written in UTF-8' }, { cause: thrown })
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
