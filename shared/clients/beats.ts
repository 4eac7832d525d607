import type { ClientSnippet, Trust } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import type { ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { download, otherSystems } from './download.ts'
import { outputSettings } from './output-settings.ts'

export function beats(node: ClientNode): ClientSnippet {
  return {
    title: 'Beats (Filebeat, Metricbeat)',
    ...usualSteps,
    install: download('beats/filebeat', 'filebeat', node.version),
    file: 'filebeat.yml',
    place: 'In the folder of Filebeat (from a package: /etc/filebeat). Other Beats take the same output.elasticsearch, in metricbeat.yml and so on.',
    run: './filebeat test output --strict.perms=false -c filebeat.yml',
    language: 'yaml',
    trust: 'fingerprint',
    code: settings(node, 'fingerprint'),
    checks: byFingerprint,
    needs: fingerprintNeeds,
    other: {
      trust: 'ca',
      code: settings(node, 'ca'),
      checks: 'The whole chain up to this CA, and that the certificate names the host.',
      needs: caFile(node),
    },
    proved: 'part',
    notes: [otherSystems('beats/filebeat'), 'To start Filebeat itself, run ./filebeat -e.', ...loginNotes],
  }
}

/** What Beats and agents check of a fingerprint. */
export const byFingerprint =
  'The whole chain up to the CA with this fingerprint, which has to be among the certificates presented, and that the certificate names the host.'

/** `ssl.ca_trusted_fingerprint` came with 8.0 (elastic/beats#29229); 7.17 reads past a setting that it does not know. */
export const fingerprintNeeds = [
  'Version 8.0 or newer. 7.17 ignores ssl.ca_trusted_fingerprint without a message and then refuses the certificate: give it the CA certificate instead.',
]

/** Beats and agents read what a variable holds as a value of YAML, and want a key as `id:api_key`, which is what ELASTIC_API_KEY says in base64. */
export const loginNotes = [
  `The value of a variable is parsed: a password with a comma would become a list, and 0123 a number. Unless yours begins with a letter and has only letters, digits and -_=+*, put it in quotes: export ELASTIC_PASSWORD="'$ELASTIC_PASSWORD'"`,
  'To use an API key, replace username and password with api_key. It takes id:api_key: export ELASTIC_API_KEY="$(printf %s "$ELASTIC_API_KEY" | base64 -d)". To set up index templates, the key needs full access.',
]

function settings(node: ClientNode, trust: Trust): string {
  return `filebeat.inputs:
  - type: filestream
    id: system-logs
    paths: ["/var/log/*.log"]

output.elasticsearch:
${outputSettings(node, trust, '  ')}`
}
