import type { ClientSnippet } from '../contract/clients.ts'
import { quotes } from '../shell-lines.ts'
import type { ClientNode } from './client-node.ts'
import { jsonLiteral } from './literals.ts'

/** Kibana logs in with a token of its service account: it refuses the elastic user, and knows no API key. */
export function kibana({ url, caCertificate }: ClientNode): ClientSnippet {
  const token = `${url.replace(/\/$/, '')}/_security/service/elastic/kibana/credential/token`
  return {
    title: 'Kibana',
    install: `export KIBANA_TOKEN="$(printf 'user = "elastic:%s"' "$(printf %s "$ELASTIC_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')" | curl -K - -fsS --noproxy '*' --cacert ${quotes.sh(caCertificate)} -X POST ${quotes.sh(token)} | sed 's/.*"value":"\\([^"]*\\)".*/\\1/')"`,
    file: 'kibana.yml',
    place: 'In the config folder of Kibana (from a package: /etc/kibana), below what is there.',
    run: 'bin/kibana',
    language: 'yaml',
    trust: 'ca',
    code: `elasticsearch.hosts: [${jsonLiteral(url)}]
# The line for sh before this has the cluster make it, with ELASTIC_PASSWORD.
elasticsearch.serviceAccountToken: "\${KIBANA_TOKEN}"
elasticsearch.ssl.certificateAuthorities: [${jsonLiteral(caCertificate)}]
elasticsearch.ssl.verificationMode: full
`,
    checks: 'The whole chain up to this CA, and that the certificate names the host. Kibana takes no fingerprint for its own connection; the one in xpack.fleet.outputs is for the agents of Fleet.',
    other: null,
    proved: 'part',
    notes: ['Firstnode does all of this itself, with a token that nobody has to copy: "Connect Kibana" in the wizard, or firstnode kibana. This is for a Kibana on another machine, or in a container.'],
  }
}
