import type { ClientSnippet } from '../contract/clients.ts'
import { quotes } from '../shell-lines.ts'
import { caFile } from './ca-file.ts'
import type { ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'

/** The login goes to curl on its standard input: arguments of a program can be read by every account of a machine. */
export function curl(node: ClientNode): ClientSnippet {
  const { url, caCertificate } = node
  return {
    title: 'curl',
    ...usualSteps,
    install: 'command -v curl || sudo apt-get install -y curl || sudo dnf install -y curl',
    file: 'connect.sh',
    place: 'Anywhere.',
    run: 'sh connect.sh',
    language: 'sh',
    trust: 'ca',
    code: `#!/bin/sh
# Asks Elasticsearch who it is, with an API key (ELASTIC_API_KEY), else with the password of elastic (ELASTIC_PASSWORD).
set -eu
if [ -n "\${ELASTIC_API_KEY:-}" ]; then
  login="header = \\"Authorization: ApiKey $ELASTIC_API_KEY\\""
else
  : "\${ELASTIC_PASSWORD:?Put the password of elastic into it}"
  login="user = \\"elastic:$(printf '%s' "$ELASTIC_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')\\""
fi
printf '%s\\n' "$login" | curl --config - --fail --silent --show-error --noproxy '*' --cacert ${quotes.sh(caCertificate)} ${quotes.sh(url)}
`,
    checks: 'The whole chain up to this CA, and that the certificate names the host. curl takes no fingerprint of a CA: its --pinnedpubkey is about the key of the node itself, which a new certificate changes.',
    needs: caFile(node),
    other: null,
    proved: 'run',
    notes: [
      'macOS and Windows have curl already.',
      'On Windows, run this in the sh of Git or WSL. After a set-up, the wizard shows the same call for PowerShell and cmd.',
    ],
  }
}
