import type { CertificatesState, CertificateView } from '../../shared/contract/certificates.ts'

/** The HTTP certificate of a node, its CA and its transport certificate, none of which ends soon. */
export function certificatesLooked(more: Partial<CertificatesState> = {}): CertificatesState {
  return { target: { home: '/es' }, certificates: someCertificates(), served: null, unreadable: [], missingNames: [], findings: [], ...more }
}

export function someCertificates(httpUntil = Date.UTC(2999, 0, 2)): CertificateView[] {
  const common = { validFrom: Date.UTC(2026, 0, 2), fingerprint: 'ab'.repeat(32), stored: 'store' } as const
  const authority = 'CN=Elasticsearch security auto-configuration HTTP CA'
  return [
    { ...common, layer: 'http', role: 'node', subject: 'CN=alpha', issuer: authority, names: ['localhost', '127.0.0.1'], validUntil: httpUntil, serial: '4A01', path: '/es/config/certs/http.p12' },
    { ...common, layer: 'http', role: 'authority', subject: authority, issuer: authority, names: [], validUntil: Date.UTC(2999, 5, 2), serial: '4A02', path: '/es/config/certs/http_ca.crt' },
    { ...common, layer: 'transport', role: 'node', subject: 'CN=alpha', issuer: 'CN=transport CA', names: [], validUntil: Date.UTC(2999, 0, 2), serial: '4A03', path: '/es/config/certs/transport.p12' },
  ]
}
