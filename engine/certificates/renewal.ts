import { X509Certificate } from 'node:crypto'
import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { sha256 } from '../plan/entry.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import type { Change, Plan } from '../plan/plan.ts'
import { previewChanges } from '../plan/preview.ts'
import { leftPlan } from '../plan/settled.ts'
import { certificateName } from '../security/answers.ts'
import { fingerprintOf, toPem } from '../security/certificates.ts'
import { chainFrom, signedBy } from '../security/chain.ts'
import { configPaths } from '../security/config-paths.ts'
import { furtherNames } from '../security/first-node.ts'
import { hostNames } from '../security/host-names.ts'
import { caBeside, namesOf } from '../security/http-ca.ts'
import { settingsOf } from '../security/http-tls.ts'
import { beginKey, type KeyPair } from '../security/keys.ts'
import { readStore } from '../security/pkcs12-read.ts'
import { writeStore, type KeyEntry } from '../security/pkcs12-write.ts'
import { nodeCertificateEnds, reissueAuthority, renewNodeCertificate } from '../security/renewed-certificates.ts'
import { refuseUnfinished } from '../setup/refuse-unfinished.ts'
import { draftKibanaTrust, type KibanaTrust, type Reissue } from './kibana-trust.ts'
import { missingFrom } from './machine-names.ts'
import { reloadsWithin, takesUp } from './reloading.ts'
import { readRenewalBasis, refuseEndedCa, refuseFixedCa, type RenewalBasis } from './renewal-basis.ts'

/** A previewed renewal that nobody has applied yet. Kept in memory only: the key is being made meanwhile. */
export interface Renewal {
  readonly target: NodeTarget
  readonly installation: Installation
  readonly basis: RenewalBasis
  readonly preview: Omit<RenewalPreview, 'planId'>
  /** within how many ms a running node loads it; null where it does not */
  readonly loadsWithin: number | null
  /** the CA certificates that clients hold or will hold, each of which must accept the new certificate */
  readonly held: readonly X509Certificate[]
  /** the CA certificate that is issued again; null where it stays */
  readonly reissue: Reissue | null
  /** The whole plan, made from what was read for the preview. Problem: `renew_not_verified`. */
  complete(): Promise<RenewedFiles>
  /** drops the key */
  discard(): void
}

/** The plan with its files, and the certificate that the node is to serve. */
export interface RenewedFiles {
  readonly plan: Plan
  readonly leaf: X509Certificate
}

export interface RenewalWish {
  readonly target: NodeTarget
  /** the CA certificate as well */
  readonly authority?: boolean | undefined
  /** names and addresses to add */
  readonly san?: readonly string[] | undefined
  readonly keystorePassword?: Secret | undefined
}

/**
 * A new key and certificate for HTTP from the CA whose key is in the keystore, as a plan. Touches nothing, but puts
 * back what an interrupted renewal left. Problems: those of unfinished work, `bad_san`, `renew_…`, `keystore_…`,
 * `store_…`, `settings_…`, `not_a_plain_file`. `make`: makes the key, for tests.
 */
export async function draftRenewal(
  { target, authority = false, san = [], keystorePassword }: RenewalWish,
  make?: () => Promise<KeyPair>,
): Promise<Renewal> {
  const asked = san.map(certificateName)
  const installation = await inspectSettled(target)
  refuseUnfinished(installation)
  const basis = await readRenewalBasis({ installation, keystorePassword: keystorePassword ?? null })
  const now = new Date()
  const held = await heldByClients(basis, installation.config)
  if (!authority) refuseEndedCa(basis, now.getTime())
  const renewedCa = authority ? await reissued(basis, now) : null
  const ca = renewedCa ?? basis.ca
  const { path, bytes } = basis.named
  const settings = await settingsOf({ installation })
  const names = namesOf(basis.leaf)
  const added = missingFrom(await hostNames(furtherNames({ httpHost: '', san: asked }, settings)), names)
  const stats = await stat(path)
  if (!stats.isFile()) throw problem('not_a_plain_file', { path, what: 'no file' })
  const change = (content: Buffer | null): Change => ({
    kind: 'write',
    path,
    followsLink: true,
    content: content ?? Buffer.alloc(0),
    ...(content === null ? { pending: true } : {}),
    replaces: sha256(bytes),
    mode: stats.mode & 0o7777,
    owner: process.platform === 'win32' ? null : { uid: stats.uid, gid: stats.gid },
    secret: true,
    note: authority
      ? 'The new HTTP key and certificate, and the new CA certificate. The key of the CA stays as it is.'
      : 'The new HTTP key and certificate. The CA and its key stay as they are.',
  })
  const caChange = renewedCa === null ? [] : [await caFileChange(renewedCa, installation, stats)]
  const title = authority ? 'Renew the HTTP certificate and its CA certificate' : 'Renew the HTTP certificate'
  const plan = (content: Buffer | null): Plan => ({ kind: 'renew', title, changes: [change(content), ...caChange] })
  const loadsWithin = reloadsWithin(settings)
  const reissue = renewedCa === null ? null : reissueOf(basis.ca, renewedCa)
  const trust = reissue === null ? { kibanas: [], changes: [] } : await draftKibanaTrust(reissue, installation.home)
  const preview = {
    target,
    path,
    names: [...names, ...added],
    added,
    oldUntil: Date.parse(basis.leaf.validTo),
    newUntil: nodeCertificateEnds(ca, now).getTime(),
    node: takesUp((await findNode(installation)) !== null, loadsWithin),
    loadsWithin: loadsWithin ?? 0,
    changes: [...(await previewChanges(plan(null))), ...trust.changes],
    authority: renewedCa === null ? null : authorityView(basis.ca, renewedCa, { installation, trust }),
  }
  const key = beginKey(make === undefined ? {} : { make })
  return {
    target,
    installation,
    basis,
    preview,
    loadsWithin,
    held: renewedCa === null ? [held] : [held, renewedCa],
    reissue,
    complete: async () => {
      const pair = await key.ready
      const leaf = new X509Certificate(
        await renewNodeCertificate({ old: basis.leaf, key: pair.publicKey, names: added, ca, caKey: basis.caKey, now }),
      )
      const content = await renewedStore(basis, { leaf, key: pair, ca, now })
      await refuseUnverified(content, leaf, {
        basis,
        ca,
        held: renewedCa === null ? [held] : [held, renewedCa],
        preview,
      })
      return { plan: plan(content), leaf }
    },
    discard: () => key.cancel(),
  }
}

/** The home, once what an interrupted renewal left is put back. */
async function inspectSettled(target: NodeTarget): Promise<Installation> {
  const installation = await inspect(target)
  const { config } = installation
  if ((await leftPlan(config)) !== 'renew') return installation
  await withHomeLocked(config, () => putBackLeft(config, 'renew'))
  return inspect(target)
}

/** `certs/http_ca.crt`, or the CA in the keystore where there is no such file. Problem: `renew_other_ca_file`. */
async function heldByClients({ leaf, ca, above, named }: RenewalBasis, config: string): Promise<X509Certificate> {
  const beside = await caBeside(config)
  if (beside === null) return ca
  const chain = chainFrom(leaf, [ca, ...above, beside.ca])
  if (!chain.slice(1).some(({ raw }) => raw.equals(beside.ca.raw)))
    throw problem('renew_other_ca_file', { path: beside.path, store: named.path })
  return beside.ca
}

/**
 * The CA certificate issued again, accepted with what the old one has signed. Problems: those of `refuseFixedCa`,
 * `renew_ca_named_by_serial`.
 */
async function reissued(basis: RenewalBasis, now: Date): Promise<X509Certificate> {
  refuseFixedCa(basis)
  const renewed = new X509Certificate(await reissueAuthority({ old: basis.ca, key: basis.caKey, now }))
  if (!signedBy(basis.leaf, renewed)) throw problem('renew_ca_named_by_serial', {})
  return renewed
}

/** `certs/http_ca.crt`, with the new CA certificate. */
async function caFileChange(ca: X509Certificate, { config }: Installation, store: Stats): Promise<Change> {
  const path = configPaths(config).httpCa
  const before = await readFile(path).catch(() => null)
  const stats = before === null ? store : await stat(path)
  return {
    kind: 'write',
    path,
    followsLink: true,
    content: Buffer.from(toPem(ca.raw)),
    replaces: before === null ? null : sha256(before),
    mode: stats.mode & 0o7777,
    owner: process.platform === 'win32' ? null : { uid: stats.uid, gid: stats.gid },
    secret: false,
    note: 'The new CA certificate. Clients can keep the old one until it expires.',
  }
}

function reissueOf(old: X509Certificate, renewed: X509Certificate): Reissue {
  return {
    oldFingerprint: fingerprintOf(old.raw),
    newFingerprint: fingerprintOf(renewed.raw),
    pem: toPem(renewed.raw),
  }
}

function authorityView(
  old: X509Certificate,
  renewed: X509Certificate,
  { installation, trust }: { readonly installation: Installation; readonly trust: KibanaTrust },
): NonNullable<RenewalPreview['authority']> {
  const { oldFingerprint, newFingerprint } = reissueOf(old, renewed)
  return {
    path: configPaths(installation.config).httpCa,
    oldUntil: Date.parse(old.validTo),
    newUntil: Date.parse(renewed.validTo),
    oldFingerprint,
    newFingerprint,
    kibanas: [...trust.kibanas],
  }
}

/** The keystore with the new key and certificate in place of the old ones, and all else that was in it. */
function renewedStore(
  basis: RenewalBasis,
  renewed: { leaf: X509Certificate; key: KeyPair; ca: X509Certificate; now: Date },
): Promise<Buffer> {
  const { named, leaf, above } = basis
  const { store, password, keyPassword } = named
  const current = (one: X509Certificate): Buffer => (one.raw.equals(basis.ca.raw) ? renewed.ca : one).raw
  const certificates = store.certificates.map((one) => ({ ...one, certificate: new X509Certificate(one.certificate) }))
  const all = certificates.map(({ certificate }) => certificate)
  const keys = store.keys.flatMap(({ keyId, key, alias }, index): KeyEntry[] => {
    const own = certificates.find((one) => keyId !== null && one.keyId === keyId)
    if (own === undefined) return []
    const entry = { alias: alias || own.alias || 'http', madeAt: renewed.now.getTime() + index }
    if (own.certificate.raw.equals(leaf.raw))
      return [{ ...entry, key: renewed.key.privateKey, chain: [renewed.leaf, ...above].map(current) }]
    return [{ ...entry, key, chain: chainFrom(own.certificate, all).map(current) }]
  })
  const trusted = certificates
    .filter((one) => one.trusted)
    .map(({ alias, certificate }) => ({ alias: alias ?? '', certificate: current(certificate) }))
  return writeStore({ keys, trusted }, password, keyPassword)
}

/**
 * Looks at what will be written as a client and as the node do: the chain up to the CA that clients hold, every name,
 * the dates; the keystore opened by its passwords, with the same entries as before. Problem: `renew_not_verified`.
 */
async function refuseUnverified(
  content: Buffer,
  leaf: X509Certificate,
  { basis, ca, held, preview }: Pick<Renewal, 'basis' | 'held' | 'preview'> & { readonly ca: X509Certificate },
): Promise<void> {
  const { named, above } = basis
  const refuse = (why: string): never => {
    throw problem('renew_not_verified', { why })
  }
  for (const one of held) {
    const chain = chainFrom(leaf, [one, ...above])
    if (!chain.slice(1).some(({ raw }) => raw.equals(one.raw)))
      refuse('the CA certificate of clients does not accept it')
  }
  const [from, until, now] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo), Date.now()]
  if (!(from <= now && now < until) || until > Date.parse(ca.validTo)) refuse('its dates are wrong')
  if (missingFrom(preview.names, namesOf(leaf)).length > 0) refuse('a name is missing')
  const read = await readStore(content, named.password, named.path, named.keyPassword)
  const own = read.certificates.find(({ certificate }) => certificate.equals(leaf.raw))
  const key = read.keys.find(({ keyId }) => keyId !== null && keyId === own?.keyId)?.key
  if (key === undefined || !leaf.checkPrivateKey(key)) refuse('its key is not in the keystore')
  if (read.keys.length !== named.store.keys.length) refuse('an entry of the keystore is missing')
}
