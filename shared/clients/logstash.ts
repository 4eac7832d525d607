import type { ClientSnippet, Trust } from '../contract/clients.ts'
import type { ClientNode } from './client-node.ts'
import { download } from './download.ts'
import { logstashLiteral } from './literals.ts'

export function logstash(node: ClientNode): ClientSnippet {
  return {
    title: 'Logstash',
    install: download('logstash', 'logstash', node.version),
    file: 'connect.conf',
    place: 'Anywhere; from a package its pipelines are in /etc/logstash/conf.d.',
    run: 'echo hello | bin/logstash -f connect.conf',
    language: 'logstash',
    trust: 'fingerprint',
    code: pipeline(node, 'fingerprint'),
    checks: 'By its documentation, the chain up to the CA with this fingerprint, which has to be among the certificates presented.',
    other: { trust: 'ca', code: pipeline(node, 'ca'), checks: 'The whole chain up to this CA, and that the certificate names the host.' },
    proved: 'schema',
    notes: [
      'Its log says "Elasticsearch version determined". Every line that it reads becomes a document.',
      'With an API key: put api_key in the place of user and password. It wants id:api_key, so: export ELASTIC_API_KEY="$(printf %s "$ELASTIC_API_KEY" | base64 -d)". To set up index templates the key needs the access to everything.',
    ],
  }
}

function pipeline({ url, caFingerprint, caCertificate, windows }: ClientNode, trust: Trust): string {
  const file = windows ? caCertificate.replaceAll('\\', '/') : caCertificate
  return `input { stdin {} }
output {
  elasticsearch {
    hosts => [${logstashLiteral(url)}]
    user => "elastic"
    password => "\${ELASTIC_PASSWORD}"
    # or, with an API key: api_key => "\${ELASTIC_API_KEY}"
    ssl_enabled => true
    ${trust === 'fingerprint' ? `ca_trusted_fingerprint => ${logstashLiteral(caFingerprint)}` : `ssl_certificate_authorities => [${logstashLiteral(file)}]`}
  }
}
`
}
