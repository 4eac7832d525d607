import type { CertificateFinding, CertificatesState, CertificateView } from '../../shared/contract/certificates.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'

/** Days before its end from which the renewal of a certificate is offered. */
export const offeredDays = 60
const dayMs = 86_400_000

/** What is known of the certificates of a node before anything is made of it. */
export interface KnownCertificates extends Omit<CertificatesState, 'findings' | 'target' | 'unreadable'> {
  readonly now: number
  readonly url: string
  /** whether Firstnode can renew the HTTP certificate; `authority`: and its CA */
  readonly renewable: { readonly node: boolean; readonly authority: boolean }
  /** `certs/http_ca.crt` where it is another CA than the one behind the HTTP certificate */
  readonly strayCa: string | null
}

/**
 * What the user should act on: certificates that end within 60 days, addresses they lack, and files that are not in
 * use.
 */
export function certificateFindings(known: KnownCertificates): CertificateFinding[] {
  const { certificates, served, missingNames, url, strayCa, now } = known
  const own = certificates.find(({ layer, role }) => layer === 'http' && role === 'node')
  const above = certificates.find(({ layer, role }) => layer === 'http' && role === 'authority')
  const command = renewalCommand(known, above)
  const renewable = command !== null
  return [
    ...certificates.filter((one) => endsSoon(one, now)).map((one) => ending(one, known, command)),
    // Of a locked keystore only what is served is known.
    ...(own === undefined && served !== null && endsSoon(served, now)
      ? [
          finding(
            problem('certificate_ends', { layer: 'http', until: served.validUntil, now, path: url, renewable }),
            command,
          ),
        ]
      : []),
    ...(missingNames.length > 0
      ? [finding(problem('certificate_names_missing', { names: missingNames, renewable }), command)]
      : []),
    ...(served?.asOnDisk === false && own !== undefined
      ? [finding(problem('certificate_not_served', { url, path: own.path }), null)]
      : []),
    ...(strayCa !== null && above !== undefined
      ? [finding(problem('certificate_other_authority', { path: strayCa, served: above.path }), null)]
      : []),
  ]
}

/** What renews the HTTP certificate: a CA that has ended must be issued again first. Null where Firstnode cannot. */
function renewalCommand({ renewable, now }: KnownCertificates, authority: CertificateView | undefined): string | null {
  const isEnded = authority !== undefined && authority.validUntil <= now
  if (isEnded) return renewable.authority ? 'renew --ca' : null
  return renewable.node ? 'renew' : null
}

function endsSoon({ validUntil }: { readonly validUntil: number }, now: number): boolean {
  return validUntil - now <= offeredDays * dayMs
}

function ending(
  { layer, role, validUntil: until, path }: CertificateView,
  { now, renewable }: KnownCertificates,
  command: string | null,
): CertificateFinding {
  if (role === 'node') {
    const own = layer === 'http' ? command : null
    return finding(problem('certificate_ends', { layer, until, now, path, renewable: own !== null }), own)
  }
  const can = layer === 'http' && renewable.authority
  return finding(
    problem('certificate_authority_ends', { layer, until, now, path, renewable: can }),
    can ? 'renew --ca' : null,
  )
}

function finding({ code, message, remedy }: Problem, command: string | null): CertificateFinding {
  return { code, message, remedy, command }
}
