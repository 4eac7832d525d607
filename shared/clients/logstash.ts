import type { ClientSnippet, ClientWay, Trust } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { download, otherSystems } from './download.ts'
import { logstashLiteral } from './literals.ts'

export function logstash(node: ClientNode): ClientSnippet {
  const byFile: ClientWay = {
    trust: 'ca',
    code: pipeline(node, 'ca'),
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    needs: [...caFile(node), ...(isOlder(node, 8) ? [] : [`Logstash 8.8 or newer. An older one calls these settings ssl => true and cacert => "…".`])],
  }
  const byFingerprint: ClientWay = {
    trust: 'fingerprint',
    code: pipeline(node, 'fingerprint'),
    checks:
      'By its source code, the chain of the certificates presented, from that of the node up to the CA with this fingerprint, which has to be among them.',
    needs: [`Logstash 8.3 or newer; 7.17 does not have ca_trusted_fingerprint.${isOlder(node, 8) ? '' : ' Before 8.8, ssl_enabled is called ssl.'}`],
  }
  // Its output takes fingerprints from 8.3 on.
  const ways = isOlder(node, 3) ? { ...byFile, other: null } : { ...byFingerprint, other: byFile }
  return {
    title: 'Logstash',
    installs: usualSteps.installs,
    install: download('logstash', 'logstash', node.version),
    file: 'connect.conf',
    place: 'Anywhere; from a package its pipelines are in /etc/logstash/conf.d.',
    run: 'echo hello | bin/logstash -f connect.conf',
    outcome: 'Its log says "Elasticsearch version determined". Every line that it reads becomes a document.',
    language: 'logstash',
    ...ways,
    proved: 'schema',
    notes: [
      otherSystems('logstash'),
      'To use an API key, replace user and password with api_key. It takes id:api_key: export ELASTIC_API_KEY="$(printf %s "$ELASTIC_API_KEY" | base64 -d)". To set up index templates, the key needs full access.',
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
