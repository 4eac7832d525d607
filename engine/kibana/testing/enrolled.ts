import { Secret } from '../../../shared/secret.ts'
import type { EnrolledKibana } from '../enrolled-kibana.ts'

/** What a cluster gave to a Kibana that enrolled: made up. */
export const enrolled: EnrolledKibana = {
  url: 'https://127.0.0.1:9200',
  serviceToken: new Secret('AAEAAWVsYXN0aWMva2liYW5hL3Rva2Vu'),
  tokenName: 'enroll-process-token-1',
  caPem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  caFingerprint: 'ab'.repeat(32),
  clusterVersion: '9.4.3',
  clusterName: 'elasticsearch',
}
