import { dump, load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { readKibanaSettings } from './kibana-settings.ts'
import { connectedText, settingsOf, type KibanaConnection } from './kibana-yml.ts'

const connection: KibanaConnection = {
  url: 'https://127.0.0.1:9200',
  serviceToken: new Secret('AAEAAWVsYXN0aWMva2liYW5hL2Vucm9sbC1wcm9jZXNzLXRva2VuLTE3NjQwNjQwMDAwMDA6QUJDREVGR0hJSktMTU5PUFFSU1Q'),
  caPath: '/opt/kibana/data/ca_1764064000000.crt',
  caFingerprint: '00e1'.repeat(16),
}
const at = new Date(Date.UTC(2026, 10, 25, 9, 30))
const connected = (before: string | Uint8Array) =>
  connectedText(Buffer.from(before), connection, { path: '/k/kibana.yml', at })

const section = `# This section was automatically generated during setup.
elasticsearch.hosts: [https://127.0.0.1:9200]
elasticsearch.serviceAccountToken: ${connection.serviceToken.reveal()}
elasticsearch.ssl.certificateAuthorities: [/opt/kibana/data/ca_1764064000000.crt]
xpack.fleet.outputs: [{id: fleet-default-output, name: default, is_default: true, is_default_monitoring: true, type: elasticsearch, hosts: [https://127.0.0.1:9200], ca_trusted_fingerprint: ${connection.caFingerprint}}]
`

const ours = settingsOf(connection)

/** What stood there, how it is written, and what is read from the file besides our four settings. */
const table: readonly (readonly [name: string, before: string, form: 'appended' | 'merged', besides: Record<string, unknown>])[] = [
  ['an empty file', '', 'appended', {}],
  ['comments alone, as it comes', '# Kibana is served by a back end server.\n#server.port: 5601\n#elasticsearch.hosts: ["http://localhost:9200"]\n', 'appended', {}],
  ['settings of another kind', 'server.port: 5602\nserver.host: "0.0.0.0"\n', 'appended', { 'server.port': 5602, 'server.host': '0.0.0.0' }],
  ['no line end at the end', 'server.name: mine', 'appended', { 'server.name': 'mine' }],
  ['line ends of Windows', 'server.name: mine\r\nserver.port: 5602\r\n', 'appended', { 'server.name': 'mine', 'server.port': 5602 }],
  ['nested settings of another kind', 'server:\n  ssl:\n    enabled: true\n  port: 5602\n', 'appended', { 'server.ssl.enabled': true, 'server.port': 5602 }],
  ['nested settings of the same family', 'elasticsearch:\n  requestTimeout: 30000\n', 'appended', { 'elasticsearch.requestTimeout': 30000 }],
  ['the package: a pid file and a log', 'logging:\n  appenders:\n    file:\n      type: file\n      fileName: /var/log/kibana/kibana.log\n      layout:\n        type: json\n  root:\n    appenders:\n      - default\n      - file\npid.file: /run/kibana/kibana.pid\n', 'appended', { 'logging.appenders.file.type': 'file', 'logging.appenders.file.fileName': '/var/log/kibana/kibana.log', 'logging.appenders.file.layout.type': 'json', 'logging.root.appenders': ['default', 'file'], 'pid.file': '/run/kibana/kibana.pid' }],
  ['the hosts out of the box', 'elasticsearch.hosts: ["http://localhost:9200"]\n', 'merged', {}],
  ['hosts of another cluster', 'elasticsearch.hosts: ["https://other:9200"]\nserver.port: 5602\n', 'merged', { 'server.port': 5602 }],
  ['hosts, nested', 'elasticsearch:\n  hosts: https://other:9200\n  requestTimeout: 30000\n', 'merged', { 'elasticsearch.requestTimeout': 30000 }],
  ['a service account token', 'elasticsearch.serviceAccountToken: "old"\n', 'merged', {}],
  ['certificate authorities of its own', 'elasticsearch.ssl.certificateAuthorities: ["/etc/ca.crt"]\nelasticsearch.ssl.verificationMode: full\n', 'merged', { 'elasticsearch.ssl.verificationMode': 'full' }],
  ['outputs of Fleet', 'xpack.fleet.outputs:\n  - id: mine\n    name: mine\n    type: elasticsearch\n    hosts: [https://other:9200]\n', 'merged', {}],
  ['our own section, once more', `server.port: 5602\n\n\n${section}\n`, 'merged', { 'server.port': 5602 }],
  ['comments, lists and multi-line texts beside a conflict', '# mine\nelasticsearch.hosts: [https://a:9200, https://b:9200] # two\n\nserver.customResponseHeaders: { "X-A": "b" }\ntelemetry.labels: |\n  one\n  two\nkeep: [1, two, null, 1.5, true]\n', 'merged', { 'server.customResponseHeaders.X-A': 'b', 'telemetry.labels': 'one\ntwo\n', keep: [1, 'two', null, 1.5, true] }],
  ['texts that look like something else', 'a: "yes"\nb: "0777"\nc: "null"\nd: \'1e3\'\nelasticsearch.hosts: []\n', 'merged', { a: 'yes', b: '0777', c: 'null', d: '1e3' }],
  ['variables of the environment', 'elasticsearch.hosts: ["${ES}"]\nserver.name: ${HOSTNAME}\n', 'merged', { 'server.name': '${HOSTNAME}' }],
  ['anchors and merged maps', 'base: &b { one: 1 }\nother:\n  <<: *b\n  two: 2\nelasticsearch.hosts: https://other:9200\n', 'merged', { 'base.one': 1, 'other.one': 1, 'other.two': 2 }],
  ['a marked beginning, other languages', '---\nserver.name: "Küche \u{1F373}"\n', 'appended', { 'server.name': 'Küche \u{1F373}' }],
]

describe('kibana.yml is read back as what Kibana\'s own set-up would have written', () => {
  test.each(table)('%s', (_, before, form, besides) => {
    const { text, form: chosen } = connected(before)
    expect(chosen).toBe(form)
    expect({ ...readKibanaSettings(text, 'kibana.yml') }).toEqual({ ...besides, ...ours })
    expect(text.startsWith(form === 'appended' ? `${before}\n\n${section}` : '### >>>>>>> BACKUP START: Kibana interactive setup (2026-11-25T09:30:00.000Z)\n\n')).toBe(true)
    expect(text.includes('\n### >>>>>>> BACKUP END: Kibana interactive setup (2026-11-25T09:30:00.000Z)\n\n# This section was automatically generated during setup.\n')).toBe(form === 'merged')
  })

  test('the table has twenty starting files', () => expect(table).toHaveLength(20))
})

test('the hosts stand on one line, each setting on its own', () => {
  expect(connected('').text).toBe(`\n\n${section}\n`)
})

test('where settings are in the way, the whole old file is kept as comments, and its own comments once', () => {
  const { text, replaced } = connected('# mine\nelasticsearch.hosts: https://other:9200\n\n  # indented\nserver.port: 5602\n')
  expect(replaced).toEqual(['elasticsearch.hosts'])
  expect(text.split('# This section')[0]).toBe(
    '### >>>>>>> BACKUP START: Kibana interactive setup (2026-11-25T09:30:00.000Z)\n\n# mine\n#elasticsearch.hosts: https://other:9200\n\n  # indented\n#server.port: 5602\n\n### >>>>>>> BACKUP END: Kibana interactive setup (2026-11-25T09:30:00.000Z)\n\n',
  )
})

test('a user and a password give way to the token, since Kibana starts with one of the two only', () => {
  const { text, form, replaced } = connected('elasticsearch.username: kibana_system\nelasticsearch.password: hunter2\n')
  expect({ form, replaced }).toEqual({ form: 'merged', replaced: ['elasticsearch.username', 'elasticsearch.password'] })
  expect({ ...readKibanaSettings(text, 'kibana.yml') }).toEqual(ours)
  expect(text).toContain('#elasticsearch.password: hunter2')
})

test.each([
  ['settings in braces', '{ server.port: 5602 }\n'],
  ['an end mark', 'server.port: 5602\n...\n'],
])('%s cannot be appended to, and are written anew', (_, before) => {
  const { text, form } = connected(before)
  expect(form).toBe('merged')
  expect({ ...readKibanaSettings(text, 'kibana.yml') }).toEqual({ 'server.port': 5602, ...ours })
})

test.each([
  ['a list', '- one\n- two\n', 'list'],
  ['a key that stands twice', 'a: 1\na: 2\n', 'line 2'],
  ['a torn line', 'a: "one\nb: 2\n', 'line'],
])('%s is refused with its line', (_, before, word) => {
  expect(() => connected(before)).toThrow(word)
})

const hosts = 'elasticsearch.hosts: https://other:9200\n'
const backup = '### >>>>>>> BACKUP START: Kibana interactive setup (2026-11-25T09:30:00.000Z)\n\n'

describe('a file that is written anew is read back as meant', () => {
  test.each([
    ['a byte order mark and a comment', `\uFEFF# mine\n${hosts}server.port: 5602\n`, { 'server.port': 5602 }],
    ['a byte order mark and a setting', `\uFEFF${hosts}server.port: 5602\n`, { 'server.port': 5602 }],
    ['a byte order mark and line ends of Windows', `\uFEFF# mine\r\n${hosts.trim()}\r\n`, {}],
    ['lone carriage returns', '# a\relasticsearch.hosts: h\rserver.port: 1\r', { 'server.port': 1 }],
    ['line ends of every kind', `# a\ra: 1\r\nb: a\n\r# b\r${hosts}`, { a: 1, b: 'a' }],
    ['a comment behind a tab', `\t# mine\n\t\n${hosts}`, {}],
    ['a space of another kind before a comment', `a: a\n  \u00a0# b\n${hosts}`, { a: 'a \u00a0# b' }],
    ['a separator of lines within a comment', `# a\u2028b\u0085c\n${hosts}`, {}],
    ['a block that looks like comments', `server.name: |\n  # a\n\n  b\n${hosts}`, { 'server.name': '# a\n\nb\n' }],
  ])('%s', (_, before, besides) => {
    const { text, form } = connected(before)
    expect(form).toBe('merged')
    expect({ ...readKibanaSettings(text, 'kibana.yml') }).toEqual({ ...besides, ...ours })
    expect(text.startsWith(before.startsWith('\uFEFF') ? `\uFEFF${backup}` : backup)).toBe(true)
  })

  test('appended to as well, a byte order mark and carriage returns stay as they are', () => {
    const before = '\uFEFF# mine\rserver.port: 5602\r'
    const { text, form } = connected(before)
    expect(form).toBe('appended')
    expect(text).toBe(`${before}\n\n${section}\n`)
    expect({ ...readKibanaSettings(text, 'kibana.yml') }).toEqual({ 'server.port': 5602, ...ours })
  })
})

describe('a file that is not UTF-8 keeps its bytes', () => {
  const comment = Buffer.from('# K\u00fcche\n', 'latin1')

  test('where the section is appended', () => {
    const before = Buffer.concat([comment, Buffer.from('server.port: 5602\n')])
    const { content, form } = connected(before)
    expect(form).toBe('appended')
    expect(content.subarray(0, before.length).equals(before)).toBe(true)
  })

  test('in the comments, where it is written anew; a value is what Kibana makes of it', () => {
    const before = Buffer.concat([comment, Buffer.from('server.name: K\u00fcche\n', 'latin1'), Buffer.from(hosts)])
    const { content, text } = connected(before)
    expect(content.includes(Buffer.concat([comment, Buffer.from('#server.name: K\u00fcche\n', 'latin1')]))).toBe(true)
    expect(readKibanaSettings(text, 'kibana.yml')['server.name']).toBe('K\uFFFDche')
  })
})

test.each([
  ['little-endian with its mark', Buffer.from('\uFEFFserver.port: 5602\n', 'utf16le')],
  ['big-endian with its mark', Buffer.from('\uFEFFserver.port: 5602\n', 'utf16le').swap16()],
  ['without a mark', Buffer.from('server.port: 5602\n', 'utf16le')],
])('UTF-16 %s is refused as what it is', (_, before) => {
  expect(() => connected(before)).toThrow(expect.objectContaining({ code: 'kibana_settings_utf16' }) as Error)
})

test('a value that refers to itself is refused, as it would end Kibana', () => {
  const refused = expect.objectContaining({ code: 'kibana_settings_broken' }) as Error
  expect(() => connected('a: &x\n  b: *x\n')).toThrow(refused)
})

describe('values that were not touched are the same when the file is written anew, as js-yaml 4.1 writes them', () => {
  test.each([
    '0777', '"0777"', '0o17', '0x1F', '0b101', '1_000', '1:30', '"1:30"', '2024-12-31', '2024-12-31T10:00:00+02:00',
    '"2024-12-31"', 'yes', 'no', 'on', 'off', 'y', '"yes"', '~', 'null', '""', '.inf', '-.inf', '.nan', '-0', '-0.0',
    '1e3', '1.', '.5', '+1', '12345678901234567890', '"\\ud83c"', '"\\u0007\\x85\\u2028"', '{}', '[]', '[{}, [], ~]',
    '{ "[a.b]": 1, c: 2 }', '!!binary aGVsbG8=', '!!set { a, b }', '!!str 5', '!!timestamp 2001-01-01',
    '[&x { a: 1 }, *x]', '" #"', '"a: b"', '": "', '"- a"', '"@a"', '"%a"', '"\t"', '" a "', '"a\\nb\\n"',
    '"\\uFEFFa"', '${HOST}', '"${A:b}"', '"="', '"<<"', `"${'long '.repeat(400)}"`, `"${'x'.repeat(5000)}"`,
    '[0777, 2024-12-31, {a: 1:30}]', '{ a: { b: {} , c: { d: 1_000 } } }',
  ])('%.40s', (value) => {
    const before = `${hosts}x.keep: ${value}\ny: &y [1]\nz: *y\n`
    const { text, form } = connected(before)
    expect(form).toBe('merged')
    const { 'elasticsearch.hosts': _, ...kept } = readKibanaSettings(before, 'kibana.yml')
    expect({ ...readKibanaSettings(text, 'kibana.yml') }).toStrictEqual({ ...kept, ...ours })
    const lines = dump(kept, { flowLevel: 1 }).split('\n')
    expect(text).toContain(lines.find((line) => line.startsWith('x.keep')) ?? 'x.keep')
  })

  test('names of every kind', () => {
    const names = ['"a b": 1', '? [c, d]', ': 2', '~: 3', '"": 4', '5: 5', '"yes": 6', '"# e": 7', '"[f.g]": { h: 8 }']
    const before = `${hosts}${names.join('\n')}\n"${'k'.repeat(2000)}": 9\n`
    const { text } = connected(before)
    const { 'elasticsearch.hosts': _, ...kept } = load(before) as Record<string, unknown>
    expect(load(text)).toEqual({ ...kept, ...ours })
  })
})
