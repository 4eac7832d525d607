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
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `  ca_fingerprint: ${singleQuoted(node.caFingerprint)},\n  transport_options: { ssl: { verify: false }, proxy: nil }`),
      checks:
        'That one of the certificates presented has this fingerprint, and nothing else: neither that the CA signed the others, nor the name of the host. A CA certificate is not a secret, so a server in between can present it as well. Use this only on your own machine; elsewhere use the file.',
      needs: [],
    },
    proved: 'part',
    notes: ['Tested with the client 7.17 of Debian (ruby-elasticsearch), which reads the same settings.'],
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
