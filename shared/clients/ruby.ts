import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { singleQuoted } from './literals.ts'

export function ruby(node: ClientNode): ClientSnippet {
  return {
    title: 'Ruby',
    ...usualSteps,
    install: `gem install elasticsearch --version '~> ${majorOf(node)}.0'`,
    file: 'connect.rb',
    place: 'Anywhere; in a project of your own put the gem into its Gemfile.',
    run: 'ruby connect.rb',
    language: 'ruby',
    trust: 'ca',
    code: program(node, `  transport_options: { ssl: { ca_file: ${singleQuoted(node.caCertificate)} }, proxy: nil }`),
    checks: 'By its documentation, the whole chain up to this CA, and that the certificate names the host.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `  ca_fingerprint: ${singleQuoted(node.caFingerprint)},\n  transport_options: { ssl: { verify: false }, proxy: nil }`),
      checks:
        'By its documentation, the fingerprint of the CA among the certificates presented; the check of the chain is off then. A CA certificate is no secret, so a server in between could present it as well. Fit for a machine of your own; elsewhere use the file.',
      needs: [],
    },
    proved: 'schema',
    notes: [],
  }
}

function program({ url }: ClientNode, trust: string): string {
  return `require 'elasticsearch'

# Straight to Elasticsearch, whatever proxy the environment names.
ENV['no_proxy'] = '*'
key = ENV.fetch('ELASTIC_API_KEY', '')
login = key.empty? ? { user: 'elastic', password: ENV.fetch('ELASTIC_PASSWORD') } : { api_key: key }
client = Elasticsearch::Client.new(
  url: ${singleQuoted(url)},
  **login,
${trust}
)
puts "Connected to Elasticsearch #{client.info['version']['number']}"
`
}
