import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { jsonLiteral } from './literals.ts'

export function python(node: ClientNode): ClientSnippet {
  const major = majorOf(node)
  return {
    title: 'Python',
    ...usualSteps,
    install: `python3 -m venv .venv && .venv/bin/python -m pip install 'elasticsearch>=${major},<${major + 1}'`,
    file: 'connect.py',
    place: 'In the same folder. The line above makes an environment of its own there; in a project, use the one that it has.',
    run: '.venv/bin/python connect.py',
    language: 'python',
    trust: 'ca',
    code: program(node, `ca_certs=${jsonLiteral(node.caCertificate)}`),
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `ssl_assert_fingerprint=${jsonLiteral(node.caFingerprint)}`),
      checks:
        'That one of the certificates presented has this fingerprint, and nothing else: neither that the CA signed the others, nor the name of the host. A CA certificate is no secret, so a server in between can present it as well. Fit for a machine of your own; elsewhere use the file.',
      needs: ['Python 3.10 or newer: an older one compares the fingerprint only with the certificate of the node.'],
    },
    proved: 'run',
    notes: [],
  }
}

/** aiohttp, which the asynchronous client stands on, compares a fingerprint with the certificate of the node alone: that of the CA is refused (seen with 9.5.1). */
export function pythonAsync(node: ClientNode): ClientSnippet {
  const major = majorOf(node)
  return {
    title: 'Python (asyncio)',
    ...usualSteps,
    install: `python3 -m venv .venv && .venv/bin/python -m pip install 'elasticsearch[async]>=${major},<${major + 1}'`,
    file: 'connect_async.py',
    place: 'In the same folder. The line above makes an environment of its own there; in a project, use the one that it has.',
    run: '.venv/bin/python connect_async.py',
    language: 'python',
    trust: 'ca',
    code: asyncProgram(node),
    checks:
      'The whole chain up to this CA, and that the certificate names the host. AsyncElasticsearch compares ssl_assert_fingerprint only with the certificate of the node, which is another one after every renewal, so it refuses the fingerprint of the CA.',
    needs: caFile(node),
    other: null,
    proved: 'run',
    notes: [],
  }
}

const login = `key = os.environ.get("ELASTIC_API_KEY")
if key:
    login = {"api_key": key}
else:
    # Encoded here: given as two texts, the client takes no letters beyond ASCII.
    login = {"basic_auth": base64.b64encode(f"elastic:{os.environ['ELASTIC_PASSWORD']}".encode()).decode()}
`

function asyncProgram({ url, caCertificate }: ClientNode): string {
  return `import asyncio
import base64
import os

from elasticsearch import AsyncElasticsearch

${login}

async def main():
    async with AsyncElasticsearch(${jsonLiteral(url)}, ca_certs=${jsonLiteral(caCertificate)}, **login) as client:
        print("Connected to Elasticsearch", (await client.info())["version"]["number"])


asyncio.run(main())
`
}

function program({ url }: ClientNode, trust: string): string {
  return `import base64
import os

from elasticsearch import Elasticsearch

${login}with Elasticsearch(${jsonLiteral(url)}, ${trust}, **login) as client:
    print("Connected to Elasticsearch", client.info()["version"]["number"])
`
}
