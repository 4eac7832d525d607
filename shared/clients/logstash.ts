import type { ClientSnippet, ClientWay, Trust } from '../contract/clients.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { download } from './download.ts'
import { logstashLiteral } from './literals.ts'

export function logstash(node: ClientNode): ClientSnippet {
  const byFile = { trust: 'ca', code: pipeline(node, 'ca'), checks: 'The whole chain up to this CA, and that the certificate names the host.' } as const satisfies ClientWay
  const byFingerprint = { trust: 'fingerprint', code: pipeline(node, 'fingerprint'), checks: 'By its documentation, the chain up to the CA with this fingerprint, which has to be among the certificates presented.' } as const satisfies ClientWay
  // Its output takes fingerprints from 8.3 on.
  const ways = isOlder(node, 3) ? { ...byFile, other: null } : { ...byFingerprint, other: byFile }
  return {
    title: 'Logstash',
    install: download('logstash', 'logstash', node.version),
    file: 'connect.conf',
    place: 'Anywhere; from a package its pipelines are in /etc/logstash/conf.d.',
    run: 'echo hello | bin/logstash -f connect.conf',
    language: 'logstash',
    ...ways,
    proved: 'schema',
    notes: [
      'Its log says "Elasticsearch version determined". Every line that it reads becomes a document.',
      'With an API key: put api_key in the place of user and password. It wants id:api_key, so: export ELASTIC_API_KEY="$(printf %s "$ELASTIC_API_KEY" | base64 -d)". To set up index templates the key needs the access to everything.',
    ],
  }
}

function pipeline(node: ClientNode, trust: Trust): string {
  const { url, caFingerprint, caCertificate, windows } = node
  const file = logstashLiteral(windows ? caCertificate.replaceAll('\\', '/') : caCertificate)
  // The settings of its TLS have these names from 8.8 on; it knows others before, which 9 refuses.
  const isOld = isOlder(node, 8)
  const byFile = isOld ? `cacert => ${file}` : `ssl_certificate_authorities => [${file}]`
  return `input { stdin {} }
output {
  elasticsearch {
    hosts => [${logstashLiteral(url)}]
    user => "elastic"
    password => "\${ELASTIC_PASSWORD}"
    # or, with an API key: api_key => "\${ELASTIC_API_KEY}"
    ${isOld ? 'ssl' : 'ssl_enabled'} => true
    ${trust === 'fingerprint' ? `ca_trusted_fingerprint => ${logstashLiteral(caFingerprint)}` : byFile}
  }
}
`
}

/** Older than this minor of 8. */
function isOlder(node: ClientNode, minor: number): boolean {
  return majorOf(node) === 8 && Number(node.version.split('.')[1]) < minor
}
