import type { ClientSnippet, Trust } from '../contract/clients.ts'
import type { ClientNode } from './client-node.ts'
import { download } from './download.ts'
import { outputSettings } from './output-settings.ts'

export function beats(node: ClientNode): ClientSnippet {
  return {
    title: 'Beats (Filebeat, Metricbeat)',
    install: download('beats/filebeat', 'filebeat', node.version),
    file: 'filebeat.yml',
    place: 'In the folder of Filebeat (from a package: /etc/filebeat). Its output.elasticsearch goes into metricbeat.yml, and that of every other Beat, as it is.',
    run: './filebeat test output --strict.perms=false -c filebeat.yml',
    language: 'yaml',
    trust: 'fingerprint',
    code: settings(node, 'fingerprint'),
    checks: 'The whole chain up to the CA with this fingerprint, which has to be among the certificates presented, and that the certificate names the host.',
    other: { trust: 'ca', code: settings(node, 'ca'), checks: 'The whole chain up to this CA, and that the certificate names the host.' },
    proved: 'part',
    notes: ['The test prints the version of Elasticsearch. Filebeat itself is then started with ./filebeat -e.', ...loginNotes],
  }
}

/** Beats and agents read what a variable holds as a value of YAML, and want a key as `id:api_key`, which is what ELASTIC_API_KEY says in base64. */
export const loginNotes = [
  `What a variable holds is read as a value: a password with a comma would be a list, and 0123 a number. Unless yours begins with a letter and has letters, digits and -_=+* alone, give it quotes of its own: export ELASTIC_PASSWORD="'$ELASTIC_PASSWORD'"`,
  'With an API key: put api_key in the place of username and password. It wants id:api_key, so: export ELASTIC_API_KEY="$(printf %s "$ELASTIC_API_KEY" | base64 -d)". To set up index templates the key needs the access to everything.',
]

function settings(node: ClientNode, trust: Trust): string {
  return `filebeat.inputs:
  - type: filestream
    id: system-logs
    paths: ["/var/log/*.log"]

output.elasticsearch:
${outputSettings(node, trust, '  ')}`
}
