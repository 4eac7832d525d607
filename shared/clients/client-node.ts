/** What a snippet knows of the node that it connects to. */
export interface ClientNode {
  /** a whole address: `https://localhost:9200` */
  readonly url: string
  /** SHA-256 of the CA's certificate, 64 hex digits */
  readonly caFingerprint: string
  /** where http_ca.crt lies */
  readonly caCertificate: string
  /** of Elasticsearch: which client fits */
  readonly version: string
  /** the file lies on Windows */
  readonly windows: boolean
}

/** Stands where no node was named. The version is one whose clients serve Elasticsearch 8 and 9: a client of 9 is refused by 8. */
export const placeholderNode: ClientNode = {
  url: 'https://localhost:9200',
  caFingerprint: '<CA fingerprint, 64 hex digits>',
  caCertificate: '/path/to/http_ca.crt',
  version: '8.19.2',
  windows: false,
}

/** The major version: 8 or 9. */
export function majorOf({ version }: ClientNode): number {
  return Number.parseInt(version, 10)
}

/** A fingerprint in pairs with colons, as those clients want it that compare it letter by letter; anything else as it is. */
export function inColons(fingerprint: string): string {
  return /^[0-9a-f]{64}$/i.test(fingerprint) ? (fingerprint.toUpperCase().match(/../g) ?? []).join(':') : fingerprint
}
