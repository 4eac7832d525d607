import { expect, test } from 'vitest'
import { readSettings, settingText } from '../preflight/settings.ts'
import { lineNotes } from './line-notes.ts'
import { configureSettings } from './settings-edit.ts'

const clients = 'Clients connect with HTTPS only.'
const nodes = 'Nodes communicate with TLS only.'

/** The notes of a text, beside its lines. */
function noted(text: string): [string, string][] {
  const settings = readSettings(text, {})
  const notes = lineNotes(text, { says: (name) => settingText(settings, name) })
  return text.split('\n').flatMap((line, at) => (notes.has(at) ? [[line, notes.get(at) ?? '']] : []))
}

test('what an added line means is found by its setting: TLS for clients is not TLS between nodes, though both lines read the same', () => {
  const wanted = { nodeName: 'n', chosen: { nodeName: null, clusterName: null, httpPort: null, transportPort: null, httpHost: null }, now: new Date(0) }
  const { text, lineNotes: notes } = configureSettings('', wanted, {})
  const enabled = text.split('\n').flatMap((line, at) => (line === '  enabled: true' ? [notes.get(at)] : []))
  expect(enabled).toEqual([clients, nodes])
})

test.each<[string, string, readonly [string, string][]]>([
  ['flat', 'xpack.security.transport.ssl.enabled: true\nxpack.security.http.ssl.enabled: true\n', [['xpack.security.transport.ssl.enabled: true', nodes], ['xpack.security.http.ssl.enabled: true', clients]]],
  ['nested', 'xpack:\n  security:\n    transport.ssl:\n      enabled: true\n    http:\n      ssl:\n        enabled: true\n', [
    ['    transport.ssl:', 'TLS between nodes.'], ['      enabled: true', nodes], ['      ssl:', 'TLS for clients.'], ['        enabled: true', clients],
  ]],
  ['quoted', '"xpack.security.http.ssl.enabled": "true"\n\'xpack.security.transport.ssl\':\n  "enabled": true\n', [
    ['"xpack.security.http.ssl.enabled": "true"', clients], ["'xpack.security.transport.ssl':", 'TLS between nodes.'], ['  "enabled": true', nodes],
  ]],
  ['in braces', 'xpack.security: {transport.ssl: {enabled: true}, http.ssl: {keystore.path: a.p12, enabled: true}}\n', [
    ['xpack.security: {transport.ssl: {enabled: true}, http.ssl: {keystore.path: a.p12, enabled: true}}',
      `${nodes} The certificate and key of this node for HTTPS, and the CA that signed the certificate. ${clients}`],
  ]],
  ['with the ends of lines of Windows', 'xpack.security.http.ssl:\r\n  enabled: true\r\n', [['xpack.security.http.ssl:\r', 'TLS for clients.'], ['  enabled: true\r', clients]]],
  ['over two lines', 'cluster.name:\n  logs\nnode.name: n\n', [['cluster.name:', 'The name of the cluster.'], ['  logs', 'The name of the cluster.'], ['node.name: n', 'The name of this node.']]],
  ['switched off', 'xpack.security.http.ssl.enabled: false\n', []],
  ['that we do not write', 'indices.recovery.max_bytes_per_sec: 1mb\nenabled: true\n', []],
])('a setting is explained however it is written: %s', (_, text, notes) => {
  expect(noted(text)).toEqual(notes)
})

test.each([
  ['http.host: localhost', 'Only clients on this machine can connect.'],
  ['http.host: [_local_, "::1"]', 'Only clients on this machine can connect.'],
  ['http.host: 0.0.0.0', 'Clients can connect from this machine and the network, on every address.'],
  ['http:\n  host: 10.0.0.5', 'Clients connect on 10.0.0.5.'],
  ['transport.host: 0.0.0.0', 'Nodes on other machines can connect, on every address of this machine.'],
  ['transport.bind_host: ["10.0.0.5", "10.0.0.6"]', 'Other nodes connect on 10.0.0.5 and 10.0.0.6.'],
])('what an address means is said by its value: %s', (text, note) => {
  expect(noted(text).map(([, said]) => said)).toEqual([note])
})

test('a text that is not YAML has no notes of settings, and those of its comments', () => {
  expect(lineNotes('# ours\nhttp.port: [\n', { comments: { '# ours': 'Ours.' } })).toEqual(new Map([[0, 'Ours.']]))
})
