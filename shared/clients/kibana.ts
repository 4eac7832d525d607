import type { ClientSnippet } from '../contract/clients.ts'
import { quotes } from '../shell-lines.ts'
import { caFile } from './ca-file.ts'
import type { ClientNode } from './client-node.ts'
import { kibanaWords } from './client-words.ts'
import { jsonLiteral } from './literals.ts'

/** Kibana logs in with a token of its service account: it refuses the elastic user, and knows no API key. */
export function kibana(node: ClientNode): ClientSnippet {
  const { url, caCertificate } = node
  const token = `${url.replace(/\/$/, '')}/_security/service/elastic/kibana/credential/token`
  return {
    title: 'Kibana',
    installs: kibanaWords.token,
    install: `export KIBANA_TOKEN="$(printf 'user = "elastic:%s"' "$(printf %s "$ELASTIC_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')" | curl -K - -fsS --noproxy '*' --cacert ${quotes.sh(caCertificate)} -X POST ${quotes.sh(token)} | sed 's/.*"value":"\\([^"]*\\)".*/\\1/')"`,
    file: 'kibana.yml',
    place: 'In the config folder of Kibana (from a package: /etc/kibana), below what is there.',
    run: 'bin/kibana',
    outcome: 'Its log says "Kibana is now available". Open http://localhost:5601 and log in as elastic.',
    language: 'yaml',
    trust: 'ca',
    code: `elasticsearch.hosts: [${jsonLiteral(url)}]
# From the line that makes a token for Kibana.
elasticsearch.serviceAccountToken: "\${KIBANA_TOKEN}"
elasticsearch.ssl.certificateAuthorities: [${jsonLiteral(caCertificate)}]
elasticsearch.ssl.verificationMode: full
`,
    checks: 'The whole chain up to this CA, and that the certificate names the host. Kibana takes no fingerprint for its own connection; the one in xpack.fleet.outputs is for the agents of Fleet.',
    needs: caFile(node),
    other: null,
    proved: 'part',
    notes: [
      `On this machine, "${kibanaWords.way}" under Next steps and firstnode kibana do all of this for you. Use these settings for Kibana on another machine or in a container, where you do not want to paste an enrollment token.`,
      'Kibana must have the version of Elasticsearch, or an older minor version of the same major.',
    ],
  }
}
