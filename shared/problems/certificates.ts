import { catalogue } from './catalogue.ts'

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
const layerName = { http: 'HTTP', transport: 'transport' } as const
type Layer = keyof typeof layerName

const sameAuthority = 'https://www.elastic.co/docs/deploy-manage/security/same-ca'
const otherAuthority = 'https://www.elastic.co/docs/deploy-manage/security/different-ca'

/** Problems of the room `certificates`: those that expire, and their renewal. */
export const certificateProblems = catalogue({
  transport_certificates_unknown: (known: { config: string; why: string }) => ({
    exit: 3,
    message: `Firstnode cannot read the transport certificates of ${known.config}: ${known.why}.`,
    remedy: 'Check the xpack.security.transport.ssl settings in `elasticsearch.yml`, and the files they refer to.',
  }),
  certificate_ends: (known: { layer: Layer; until: number; now: number; path: string; renewable: boolean }) => ({
    exit: 3,
    message:
      known.until <= known.now
        ? `The ${layerName[known.layer]} certificate expired on ${day(known.until)} (${known.path}).`
        : `The ${layerName[known.layer]} certificate expires on ${day(known.until)}, in ${daysBetween(known.now, known.until)} (${known.path}).`,
    remedy: renewalOf(known.layer, known.renewable),
  }),
  certificate_authority_ends: (known: {
    layer: Layer
    until: number
    now: number
    path: string
    renewable: boolean
  }) => ({
    exit: 3,
    message:
      known.until <= known.now
        ? `The CA certificate for ${layerName[known.layer]} expired on ${day(known.until)} (${known.path}).`
        : `The CA certificate for ${layerName[known.layer]} expires on ${day(known.until)}, in ${daysBetween(known.now, known.until)} (${known.path}).`,
    remedy: known.renewable
      ? 'Run `firstnode renew --ca --home …` on each node, then give the new CA certificate to clients.'
      : `Replace it with a new CA on every node: ${otherAuthority}`,
  }),
  certificate_names_missing: (known: { names: readonly string[]; renewable: boolean }) => ({
    exit: 3,
    message: `The HTTP certificate does not include ${known.names.join(', ')}. Clients that connect to ${known.names.length === 1 ? 'it' : 'one of them'} refuse the certificate.`,
    remedy: renewalOf('http', known.renewable),
  }),
  certificate_not_served: (known: { url: string; path: string }) => ({
    exit: 3,
    message: `The node at ${known.url} serves another certificate than the one in ${known.path}.`,
    remedy:
      'If the file was replaced more than a few seconds ago, restart the node, and look for SSL errors in its log.',
  }),
  certificate_other_authority: (known: { path: string; served: string }) => ({
    exit: 3,
    message: `${known.path} is not the CA that issued the HTTP certificate; that one is in ${known.served}. Clients that trust ${known.path} refuse the node.`,
    remedy: 'Run `firstnode show --home …` for the right CA certificate, and give that to clients.',
  }),
  renew_no_tls: (known: { home: string }) => ({
    exit: 3,
    message: `${known.home} does not use TLS for clients, so there is no HTTP certificate to renew.`,
    remedy: 'Set up security first: run `firstnode check --home …` to see what applies here.',
  }),
  renew_pem: (known: { path: string }) => ({
    exit: 3,
    message: `The HTTP certificate is in a PEM file (${known.path}). Firstnode renews only certificates whose CA key is in the HTTP keystore.`,
    remedy:
      'Get a new certificate from whoever issued it, and replace the file. A running node loads it within a few seconds.',
  }),
  renew_jks: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is a JKS keystore. Firstnode writes PKCS#12 keystores only.`,
    remedy:
      'Convert it to PKCS#12 with `keytool -importkeystore`, and refer to the new file in `elasticsearch.yml`. Or renew the certificate by hand.',
  }),
  renew_no_certificate: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} does not contain a node certificate with its private key.`,
    remedy: 'Restore the keystore from a backup, then try again.',
  }),
  renew_no_ca_key: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} does not contain the private key of the CA that issued the HTTP certificate, so Firstnode cannot issue a new one.`,
    remedy: `Issue a new certificate where that CA is kept: ${sameAuthority}`,
  }),
  renew_key_kind: (known: { path: string; kind: string }) => ({
    exit: 3,
    message: `The CA key in ${known.path} is of type ${known.kind}. Firstnode issues certificates with RSA and EC keys only.`,
    remedy: `Issue a new certificate by hand: ${sameAuthority}`,
  }),
  renew_other_ca_file: (known: { path: string; store: string }) => ({
    exit: 3,
    message: `${known.path} is not the CA that issued the certificate in ${known.store}. Clients that trust this file would refuse the new certificate as well.`,
    remedy: 'Restore the CA certificate of this node to that path, or move the file away, then try again.',
  }),
  renew_not_verified: (known: { why: string }) => ({
    exit: 1,
    message: `The new certificate did not pass verification before it was written: ${known.why}. Nothing was changed.`,
    remedy: 'This is a fault of Firstnode. Please report it with `firstnode diagnostics`.',
  }),
  renew_java_refused: (known: { java: string; said: string }) => ({
    exit: 4,
    message: `The Java of this node (${known.java}) could not open the new keystore, so the old one stays: ${known.said}`,
    remedy: 'Check that Java runs (`firstnode check --home …`), then try again.',
  }),
  renew_not_served: (known: { url: string; seconds: number }) => ({
    exit: 4,
    message: `The node at ${known.url} did not load the new certificate within ${known.seconds} s.`,
    remedy:
      'Look for SSL errors in the log of the node. To load certificates at a restart instead, stop the node, renew, and start it again.',
  }),
  nothing_renewed: (known: { home: string }) => ({
    exit: 3,
    message: `No renewal by Firstnode can be undone in ${known.home}.`,
    remedy: 'Run `firstnode show --home …` to see its certificates.',
  }),
  renewed_below_others: (known: { title: string }) => ({
    exit: 3,
    message: `A later change rewrote the same files: ${known.title}.`,
    remedy: 'Undo that change first.',
  }),
  renew_ca_ended: (known: { until: number }) => ({
    exit: 3,
    message: `The CA certificate expired on ${day(known.until)}. Clients would refuse every certificate it issues.`,
    remedy: `Run \`firstnode renew --ca --home …\` to issue the CA certificate again as well.`,
  }),
  renew_ca_intermediate: (known: { issuer: string }) => ({
    exit: 3,
    message: `The CA of the HTTP certificate was itself issued by another CA (${known.issuer}). Firstnode cannot issue it again.`,
    remedy:
      'Get a new CA certificate where that CA is kept. `firstnode renew` without --ca renews the HTTP certificate alone.',
  }),
  renew_ca_key_kind: (known: { kind: string }) => ({
    exit: 3,
    message: `The CA has a key of type ${known.kind}. Only with an RSA key do all nodes of a cluster issue the same CA certificate again.`,
    remedy: `Replace the CA on every node: ${otherAuthority}`,
  }),
  renew_ca_named_by_serial: (_: object) => ({
    exit: 3,
    message:
      'The HTTP certificate refers to its CA by serial number, so a CA certificate that is issued again would not be accepted together with it.',
    remedy: `Replace the CA on every node: ${otherAuthority}`,
  }),
})

/** Whole days, in words. */
function daysBetween(from: number, until: number): string {
  const days = Math.floor((until - from) / 86_400_000)
  return days === 1 ? '1 day' : `${days} days`
}

function renewalOf(layer: Layer, renewable: boolean): string {
  if (renewable) return 'Run `firstnode renew --home …`, or renew it in the wizard.'
  return layer === 'transport'
    ? `Create new transport certificates from the same CA with \`bin/elasticsearch-certutil cert\`, and replace them on each node in turn: ${sameAuthority}`
    : 'Get a new certificate from whoever issued it, and replace the file. A running node loads it within a few seconds.'
}
