import type {
  CertificatesState,
  CertificateView,
  RenewalPreview,
  RenewalUndo,
} from '../../shared/contract/certificates.ts'

/** The HTTP certificate of a node, its CA and its transport certificate, none of which ends soon. */
export function certificatesLooked(more: Partial<CertificatesState> = {}): CertificatesState {
  return {
    target: { home: '/es' },
    certificates: someCertificates(),
    served: null,
    unreadable: [],
    missingNames: [],
    findings: [],
    ...more,
  }
}

export function someCertificates(httpUntil = Date.UTC(2999, 0, 2)): CertificateView[] {
  const common = { validFrom: Date.UTC(2026, 0, 2), stored: 'store' } as const
  const authority = 'CN=Elasticsearch security auto-configuration HTTP CA'
  return [
    {
      ...common,
      layer: 'http',
      role: 'node',
      subject: 'CN=alpha',
      issuer: authority,
      names: ['localhost', '127.0.0.1'],
      validUntil: httpUntil,
      serial: '4A01',
      fingerprint: 'a1'.repeat(32),
      path: '/es/config/certs/http.p12',
    },
    {
      ...common,
      layer: 'http',
      role: 'authority',
      subject: authority,
      issuer: authority,
      names: [],
      validUntil: Date.UTC(2999, 5, 2),
      serial: '4A02',
      fingerprint: 'a2'.repeat(32),
      path: '/es/config/certs/http_ca.crt',
    },
    {
      ...common,
      layer: 'transport',
      role: 'node',
      subject: 'CN=alpha',
      issuer: 'CN=transport CA',
      names: [],
      validUntil: Date.UTC(2999, 0, 2),
      serial: '4A03',
      fingerprint: 'a3'.repeat(32),
      path: '/es/config/certs/transport.p12',
    },
  ]
}

export const renewalPreviewed: RenewalPreview = {
  planId: 'renewal-1',
  target: { home: '/es' },
  path: '/es/config/certs/http.p12',
  names: ['localhost', '127.0.0.1', '192.168.1.20'],
  added: ['192.168.1.20'],
  oldUntil: Date.UTC(2026, 0, 22),
  newUntil: Date.UTC(2028, 0, 2),
  node: 'running',
  loadsWithin: 5000,
  authority: null,
  changes: [
    {
      action: 'change',
      path: '/es/config/certs/http.p12',
      from: null,
      mode: '0660',
      owner: 'elasticsearch',
      bytes: null,
      secret: true,
      note: 'The new HTTP key and certificate.',
      diff: null,
    },
  ],
}

export const renewalUndone: RenewalUndo = {
  target: { home: '/es' },
  restored: ['/es/config/certs/http.p12'],
  kept: [],
  node: 'running',
  kibanas: [],
}

export const authorityPreviewed: NonNullable<RenewalPreview['authority']> = {
  path: '/es/config/certs/http_ca.crt',
  oldUntil: Date.UTC(2029, 0, 2),
  newUntil: Date.UTC(2032, 0, 2),
  oldFingerprint: 'a2'.repeat(32),
  newFingerprint: 'b2'.repeat(32),
  kibanas: [
    {
      home: '/kibana',
      settingsFile: '/kibana/config/kibana.yml',
      fingerprint: true,
      copy: '/kibana/data/ca_1.crt',
      changed: false,
    },
  ],
}
