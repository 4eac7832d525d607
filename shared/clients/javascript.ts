import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { inColons, majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { jsonLiteral } from './literals.ts'

export function javascript(node: ClientNode): ClientSnippet {
  return {
    title: 'JavaScript (Node.js)',
    ...usualSteps,
    install: `npm install @elastic/elasticsearch@${majorOf(node)}`,
    file: 'connect.mjs',
    place: 'In the folder of the project, beside its package.json.',
    run: 'node connect.mjs',
    language: 'javascript',
    trust: 'ca',
    code: program(node, `  tls: { ca: readFileSync(${jsonLiteral(node.caCertificate)}) },`, "import { readFileSync } from 'node:fs'\n"),
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `  caFingerprint: ${jsonLiteral(inColons(node.caFingerprint))},\n  // Without this the certificate is refused before the fingerprint is looked at.\n  tls: { rejectUnauthorized: false },`, ''),
      checks:
        'That the last certificate of those presented has this fingerprint, and nothing else: neither that the CA signed the one before it, nor the name of the host. A CA certificate is no secret, so a server in between can present it as well. Fit for a machine of your own; elsewhere use the file.',
      needs: [],
    },
    proved: 'run',
    notes: [],
  }
}

function program({ url }: ClientNode, trust: string, imports: string): string {
  return `${imports}import { Client } from '@elastic/elasticsearch'

const { ELASTIC_API_KEY, ELASTIC_PASSWORD } = process.env
const client = new Client({
  node: ${jsonLiteral(url)},
  auth: ELASTIC_API_KEY ? { apiKey: ELASTIC_API_KEY } : { username: 'elastic', password: ELASTIC_PASSWORD ?? '' },
${trust}
})
const { version } = await client.info()
console.log(\`Connected to Elasticsearch \${version.number}\`)
await client.close()
`
}
