import { X509Certificate } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { CertificatesState } from '../../shared/contract/certificates.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { Problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { inspect } from '../installation/inspect.ts'
import type { Interfaces } from '../network/interfaces.ts'
import { findNode } from '../node/find-node.ts'
import { fingerprintOf } from '../security/certificates.ts'
import { caBeside, namesOf } from '../security/http-ca.ts'
import { isTlsOn } from '../security/http-tls.ts'
import { addressOf } from '../setup/address-of.ts'
import { tellProblem } from '../setup/tell-problem.ts'
import { certificateFindings } from './findings.ts'
import { missingFrom, namesClientsUse } from './machine-names.ts'
import { readCertificates, type LayerCertificates } from './read-certificates.ts'
import { readRenewalBasis, refuseFixedCa, type RenewalBasis } from './renewal-basis.ts'
import { servedCertificate } from './served-certificate.ts'

/** The certificates of a node, by its target: see `certificatesOf`. Problems: those of `inspect`. */
export async function lookAtCertificates(
  target: NodeTarget,
  keystorePassword: Secret | null,
): Promise<CertificatesState> {
  return { target, ...(await certificatesOf(await inspect(target), keystorePassword)) }
}

/**
 * All certificates of a node, what its HTTP serves now, and what to do about them. Touches nothing; what cannot be
 * read is data. `interfaces`: of this machine, for tests.
 */
export async function certificatesOf(
  installation: Installation,
  keystorePassword: Secret | null,
  interfaces: Interfaces = networkInterfaces(),
): Promise<Omit<CertificatesState, 'target'>> {
  const asked = { installation, keystorePassword }
  const { settings } = await readHomeSettings(installation)
  const unreadable: CertificatesState['unreadable'] = []
  const read = async (layer: 'http' | 'transport'): Promise<LayerCertificates | null> => {
    if (!isTlsOn(settings, layer)) return null
    return orTold(readCertificates({ ...asked, layer }), (thrown) => {
      // One keystore has the passwords of both layers.
      if (!unreadable.some(({ message }) => message === thrown.message)) unreadable.push(tellProblem(thrown))
    })
  }
  const [http, transport] = [await read('http'), await read('transport')]
  const running = await findNode(installation)
  const { url, secured } = await addressOf(installation, running)
  const raw = running !== null && secured ? await servedCertificate(url) : null
  const leaf = http?.tls.leaf ?? null
  const now = Date.now()
  // Of a locked keystore what is served says which names it has.
  const known = leaf ?? (raw === null ? null : new X509Certificate(raw))
  const missingNames = known === null ? [] : missingFrom(namesClientsUse(settings, interfaces), namesOf(known))
  const beside = await caBeside(installation.config)
  const stray =
    beside !== null && http !== null && leaf !== null && !http.chain.some(({ raw: one }) => one.equals(beside.ca.raw))
  const basis = http === null ? null : await orTold(readRenewalBasis(asked), () => undefined)
  const state = {
    certificates: [...(http?.views ?? []), ...(transport?.views ?? [])],
    served: raw === null ? null : { ...servedView(raw), asOnDisk: leaf === null ? null : leaf.raw.equals(raw) },
    missingNames,
  }
  // Behind a lock there may be what a renewal needs; it asks for the password.
  const isLocked = http === null && unreadable.some(({ code }) => code === 'keystore_locked')
  const findings = certificateFindings({
    ...state,
    now,
    url,
    renewable: basis === null ? { node: isLocked, authority: false } : { node: true, authority: canReissue(basis) },
    strayCa: stray ? beside.path : null,
  })
  return { ...state, unreadable, findings }
}

function canReissue(basis: RenewalBasis): boolean {
  try {
    refuseFixedCa(basis)
    return true
  } catch {
    return false
  }
}

function servedView(raw: Buffer): { serial: string; fingerprint: string; validUntil: number } {
  const certificate = new X509Certificate(raw)
  return {
    serial: certificate.serialNumber,
    fingerprint: fingerprintOf(raw),
    validUntil: Date.parse(certificate.validTo),
  }
}

/** Null where it ends with a problem, which is told. */
async function orTold<T>(work: Promise<T>, tell: (thrown: Problem) => void): Promise<T | null> {
  try {
    return await work
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    tell(thrown)
    return null
  }
}
