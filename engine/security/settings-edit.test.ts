import { expect, test } from 'vitest'
import { readSettings, settingText } from '../preflight/settings.ts'
import { blockBegin, blockEnd } from './settings-block.ts'
import { configureSettings, type SettingsWanted } from './settings-edit.ts'
import { codeOf } from './testing/code-of.ts'

const nothing: SettingsWanted['chosen'] = { nodeName: null, clusterName: null, httpPort: null, transportPort: null, httpHost: null }
const wanted = (chosen: Partial<SettingsWanted['chosen']> = {}): SettingsWanted => ({
  nodeName: chosen.nodeName ?? 'h1',
  chosen: { ...nothing, ...chosen },
  now: new Date('2026-11-23T23:15:00.123Z'),
})
const edit = (text: string, chosen: Partial<SettingsWanted['chosen']> = {}, env = {}): string => configureSettings(text, wanted(chosen), env).text

/** What was added, without comments and blank lines. */
const active = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))

const always = [
  'xpack.security.enabled: true',
  'xpack.security.enrollment.enabled: true',
  'xpack.security.http.ssl:',
  '  enabled: true',
  '  keystore.path: certs/http.p12',
  'xpack.security.transport.ssl:',
  '  enabled: true',
  '  verification_mode: certificate',
  '  keystore.path: certs/transport.p12',
  '  truststore.path: certs/transport.p12',
]
const transportComment = '#transport.host: 0.0.0.0'

test('an empty file gets the block of stock, between its two lines', () => {
  const text = edit('')
  expect(active(text)).toEqual([...always, 'cluster.initial_master_nodes: ["h1"]', 'http.host: 0.0.0.0'])
  expect(text.split('\n')).toEqual(expect.arrayContaining([blockBegin, blockEnd, transportComment]))
  expect(text.endsWith(`${blockEnd}\n`)).toBe(true)
})

// every line of it as stock answered on 9.4.3
test.each([
  ['network.host: _local_', ['cluster.initial_master_nodes: ["h1"]'], false],
  ['http.host: 127.0.0.1', ['cluster.initial_master_nodes: ["h1"]'], true],
  ['http.publish_host: 127.0.0.1', ['cluster.initial_master_nodes: ["h1"]'], true],
  ['http:\n  bind_host: 127.0.0.1', ['cluster.initial_master_nodes: ["h1"]'], true],
  ['transport.host: 127.0.0.1', ['cluster.initial_master_nodes: ["h1"]', 'http.host: 0.0.0.0'], false],
  ['discovery.type: single-node', ['http.host: 0.0.0.0'], true],
  ['cluster.initial_master_nodes: h1', ['http.host: 0.0.0.0'], true],
  ['cluster.initial_master_nodes: [h1]', ['http.host: 0.0.0.0'], true],
])('with %j the block has the settings of stock', (before, rest, comment) => {
  const text = edit(`${before}\n`)
  expect(active(text)).toEqual([...before.split('\n'), ...always, ...rest])
  expect(text.includes(transportComment)).toBe(comment)
})

// Stock writes each of these a second time, and its node ends its start with 70 (found on 9.4.3).
test.each([
  'cluster.initial_master_nodes: ""',
  'http.host: ""',
  "http.host: ''",
  'http.host: ${NOPE:}',
  '"http.host": "${NOPE:}"',
  'force.http.host: ""',
  'xpack.security.enabled: ""',
  'xpack.security.enrollment.enabled: ${ENROLL:}',
  'xpack.security.http.ssl: {}',
  'xpack.security.http.ssl: {key: ""}',
  'xpack.security.transport.ssl.keystore.path: ""',
])('a setting without a value is commented out where it is set anew: %j', (line) => {
  const text = edit(`cluster.name: c\n${line}\n`)
  expect(text.startsWith(`cluster.name: c\n#${line}\n`)).toBe(true)
  expect(active(text)).toEqual(['cluster.name: c', ...always, 'cluster.initial_master_nodes: ["h1"]', 'http.host: 0.0.0.0'])
})

test('of a chosen setting without a value the same, and what is not set stays as it is', () => {
  const before = 'node.name: ""\nhttp:\n  port: ""\npath.data: ""\n'
  expect(active(edit(before, { nodeName: 'n1', httpPort: 9250 })).filter((line) => /^(?:node.name|http.port|path.data)/.test(line))).toEqual([
    'node.name: n1',
    'path.data: ""',
    'http.port: 9250',
  ])
  expect(edit(before).startsWith(before)).toBe(true)
})

test('an empty text in a list is a value', () => {
  expect(edit('http.host: [""]\n').startsWith('http.host: [""]\n')).toBe(true)
})

test('enrolling that a person switched off stays off, and is not doubled where it is on', () => {
  for (const says of ['false', 'true']) {
    const before = `xpack.security.enrollment.enabled: ${says}`
    expect(active(edit(`${before}\n`))).toEqual([before, ...always.filter((line) => !line.includes('enrollment')), 'cluster.initial_master_nodes: ["h1"]', 'http.host: 0.0.0.0'])
  }
})

test('what a person wrote stays byte for byte: comments, line ends, a missing last one, a byte order mark', () => {
  for (const before of ['a.b: 1 # mine', 'a.b: 1\n', '# only\r\n# comments\r\n', 'cluster.name: x\r\nhttp.port: 9201', '\uFEFFa: 1\n', '---\na: ☃\n\n\n']) {
    const after = edit(before)
    expect(after.startsWith(before)).toBe(true)
    const [own, added] = [before.includes('\r\n') ? '\r\n' : '\n', after.slice(before.length)]
    expect(added.split('\n').slice(0, -1).every((line) => line.endsWith('\r') === (own === '\r\n'))).toBe(true)
  }
})

test('what was chosen stands below its own commented-out line, else before the block', () => {
  const template = '#cluster.name: my-application\r\n# x\r\n#node.name: node-1\r\n'
  expect(edit(template, { clusterName: 'my cluster', nodeName: 'n-1', httpPort: 9201 }).split('\r\n').slice(0, 9)).toEqual([
    '#cluster.name: my-application',
    'cluster.name: "my cluster"',
    '# x',
    '#node.name: node-1',
    'node.name: n-1',
    '',
    '# Chosen when this node was set up',
    'http.port: 9201',
    '',
  ])
})

test('what stands there already is replaced in place, never doubled, and left where it says the same', () => {
  expect(edit('http.port: 9200 # mine\nnode:\n  name: old\n', { httpPort: 9201, nodeName: 'new' })).toMatch(/^http.port: 9201 # mine\nnode:\n {2}name: new\n\n#-/)
  expect(edit("cluster.name: 'x'\n", { clusterName: 'x' })).toMatch(/^cluster.name: 'x'\n\n#-/)
  expect(edit('http.host: [a, b]\n', { httpHost: '::1' })).toMatch(/^http.host: "::1"\n/)
  expect(edit('http.bind_host: a\nhttp.publish_host: b\n', { httpHost: '[::1], 192.0.2.1' })).toMatch(/^http.bind_host: \["::1", "192.0.2.1"\]\nhttp.publish_host: b\n/)
  expect(edit('cluster.initial_master_nodes: ["old"]\n', { nodeName: 'new' })).toMatch(/^cluster.initial_master_nodes: \["new"\]\n/)
  expect(edit('cluster.initial_master_nodes: []\n')).toMatch(/^cluster.initial_master_nodes: \["h1"\]\n/)
})

test('an address that was chosen stands in the block where nothing else says one', () => {
  expect(active(edit('', { httpHost: '_local_' })).at(-1)).toBe('http.host: _local_')
  expect(active(edit('network.host: 192.0.2.1\n', { httpHost: '127.0.0.1' })).at(-1)).toBe('http.host: 127.0.0.1')
})

test.each(['a"b', "it's", 'a\\b', '$HOME', '$ {x}', 'a & b', 'nöde ☃', '👩‍💻', '{x}', '[x]', '#1', ' # ', 'a: b', 'a #b', 'yes', 'null', '1e3', '0x1f', '- a', '!x', '%x', '@x', '`x`', '*x', '&x', '|', '>', '?', '~', 'a,b', '\u200b'])(
  'a node may be called %j: Elasticsearch reads just that',
  (name) => {
    const settings = readSettings(edit('', { nodeName: name, clusterName: name }), {})
    expect([settingText(settings, 'node.name'), settingText(settings, 'cluster.name'), settings.get('cluster.initial_master_nodes')]).toEqual([name, name, [name]])
  },
)

test('placeholders in the file stay; what refers to a changed setting may follow it', () => {
  const before = 'node.name: ${HOSTNAME}\npath.logs: /logs/${cluster.name}\ncluster.name: old\n'
  const after = edit(before, { clusterName: 'new' }, { HOSTNAME: 'h1' })
  expect(after).toMatch(/^node.name: \${HOSTNAME}\npath.logs: \/logs\/\${cluster.name}\ncluster.name: new\n/)
})

test('a commented-out line within a map is no place for a setting', () => {
  const after = edit('path:\n#http.port: 9200\n  logs: x\n', { httpPort: 9201 })
  expect(after.startsWith('path:\n#http.port: 9200\n  logs: x\n')).toBe(true)
  expect(settingText(readSettings(after, {}), 'http.port')).toBe('9201')
})

test('a file that cannot be changed with care is refused', async () => {
  expect(await codeOf(() => edit('node.name: >\n  folded\n', { nodeName: 'n' }))).toBe('settings_not_editable')
  expect(await codeOf(() => edit('x: &a 1\nhttp.port: *a\n', { httpPort: 1 }))).toBe('settings_not_editable')
  for (const text of ['{a: 1}\n', '  a: 1\n', 'a: 1\n...\n']) expect([text, await codeOf(() => edit(text))]).toEqual([text, 'settings_not_appendable'])
  expect(await codeOf(() => edit('a: [\n'))).toBe('settings_no_yaml')
})

test('each setting that is added says what it means', () => {
  const { text, lineNotes } = configureSettings('http:\n  port: 9200 # mine\n', wanted({ httpPort: 9201, nodeName: 'n', httpHost: '127.0.0.1' }), {})
  const added = active(text).filter((line) => line !== 'http:')
  const noteOf = (line: string): string | undefined => lineNotes.get(text.split('\n').findIndex((one) => one.trim() === line.trim()))
  expect(added.filter((line) => noteOf(line) === undefined)).toEqual([])
  expect(noteOf('port: 9201 # mine')).toBeDefined()
  expect(noteOf('http.host: 127.0.0.1')).toBe('Only clients on this machine can connect.')
  expect(noteOf(transportComment)).toBeDefined()
})
