import type { Trust } from '../contract/clients.ts'
import type { ClientNode } from './client-node.ts'
import { jsonLiteral } from './literals.ts'

/** The settings of an Elasticsearch output, which are the same in every Beat and in Elastic Agent. Backslashes would be escapes to them; Windows takes slashes as well. */
export function outputSettings({ url, caFingerprint, caCertificate, windows }: ClientNode, trust: Trust, indent: string): string {
  const file = windows ? caCertificate.replaceAll('\\', '/') : caCertificate
  const lines = [
    `hosts: [${jsonLiteral(url)}]`,
    'username: "elastic"',
    'password: "${ELASTIC_PASSWORD}"',
    '# or, with an API key: api_key: "${ELASTIC_API_KEY}"',
    'proxy_disable: true',
    trust === 'fingerprint' ? `ssl.ca_trusted_fingerprint: ${jsonLiteral(caFingerprint)}` : `ssl.certificate_authorities: [${jsonLiteral(file)}]`,
  ]
  return lines.map((line) => `${indent}${line}\n`).join('')
}
