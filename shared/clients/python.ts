import type { ClientSnippet } from '../contract/clients.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { jsonLiteral } from './literals.ts'

export function python(node: ClientNode): ClientSnippet {
  const major = majorOf(node)
  return {
    title: 'Python',
    install: `python3 -m pip install 'elasticsearch>=${major},<${major + 1}'`,
    file: 'connect.py',
    place: 'Anywhere; install into a fresh environment: python3 -m venv .venv && . .venv/bin/activate',
    run: 'python3 connect.py',
    language: 'python',
    trust: 'ca',
    code: program(node, `ca_certs=${jsonLiteral(node.caCertificate)}`),
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    other: {
      trust: 'fingerprint',
      code: program(node, `ssl_assert_fingerprint=${jsonLiteral(node.caFingerprint)}`),
      checks:
        'That one of the certificates presented has this fingerprint (needs Python 3.10 or newer for that of the CA), and nothing else: neither that the CA signed the others, nor the name of the host. A CA certificate is no secret, so a server in between can present it as well. Fit for a machine of your own; elsewhere use the file.',
    },
    proved: 'run',
    notes: [],
  }
}

function program({ url }: ClientNode, trust: string): string {
  return `import base64
import os

from elasticsearch import Elasticsearch

key = os.environ.get("ELASTIC_API_KEY")
if key:
    login = {"api_key": key}
else:
    # Encoded here: given as two texts, the client takes no letters beyond ASCII.
    login = {"basic_auth": base64.b64encode(f"elastic:{os.environ['ELASTIC_PASSWORD']}".encode()).decode()}
with Elasticsearch(${jsonLiteral(url)}, ${trust}, **login) as client:
    print("Connected to Elasticsearch", client.info()["version"]["number"])
`
}
