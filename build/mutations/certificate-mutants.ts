import { mutantsOf } from './mutant.ts'

/** A renewal is verified before it is written and proved after, and changes only what Firstnode wrote. */
export const certificateMutants = [
  ...mutantsOf(
    'engine/certificates/renewal.ts',
    { unit: ['engine/certificates/renewal.test.ts'] },
    ['a new certificate whose key is in the keystore', '|| !leaf.checkPrivateKey(key)', ''],
    [
      'the CA that clients hold, which must be above the certificate',
      "throw problem('renew_other_ca_file', { path: beside.path, store: named.path })",
      'return beside.ca',
    ],
  ),
  ...mutantsOf(
    'engine/certificates/served-certificate.ts',
    { unit: ['engine/certificates/served-certificate.test.ts'] },
    ['the very certificate that is to be served', '?.equals(certificate) === true', ' !== null'],
    ['a handshake by the CA that clients hold', 'caPem: toPem(ca.raw)', 'caPem: null'],
    ['a certificate that is refused', "if (told.code.startsWith('certificate_')) throw told\n", ''],
  ),
  ...mutantsOf(
    'engine/certificates/kibana-trust.ts',
    { unit: ['engine/certificates/renewal.test.ts'] },
    ['a copy of the CA that is as Firstnode wrote it', '|| written.sha256 !== sha256(bytes)', ''],
    ['a change that belongs to this renewal', 'at === null || at < since', 'at === null'],
  ),
]
