import { expect, test } from 'vitest'
import { Problem } from '../../shared/problems/problem.ts'
import { readSettings, settingText } from '../preflight/settings.ts'
import { blockBegin, blockEnd, securityBlock } from './settings-block.ts'
import { setTransportHost } from './transport-host-edit.ts'

const first = [
  'cluster.name: mine',
  ...securityBlock({ nodeName: 'n1', now: new Date(0), chosen: { nodeName: null, clusterName: null, httpPort: null, transportPort: null, httpHost: null } }, new Map()).map(({ text }) => text),
  '',
].join('\n')
const stock = `${blockBegin}\n#\nxpack.security.enabled: true\n# Allow other nodes to join the cluster from anywhere\n# Connections are encrypted and mutually authenticated\n#transport.host: 0.0.0.0\n\n${blockEnd}\n`

function opened(text: string, ...hosts: string[]): string {
  const edited = setTransportHost(text, hosts, {})
  expect(settingText(edited.settings, 'transport.host')).toBe(settingText(readSettings(edited.text, {}), 'transport.host'))
  return edited.text
}

test('the commented-out line of our settings becomes the setting, in its place', () => {
  const text = opened(first, '10.0.0.5')
  expect(text).toBe(
    first
      .replace('#transport.host: 0.0.0.0', 'transport.host: 10.0.0.5')
      .replace('# Without the # nodes on other machines can join', '# Where the nodes of the cluster reach this one'),
  )
})

test('the commented-out line of stock’s settings becomes the setting, and nothing else changes', () => {
  expect(opened(stock, '_site_')).toBe(stock.replace('#transport.host: 0.0.0.0', 'transport.host: _site_'))
})

test('of several commented-out lines it is the one of the security settings, wherever they stand', () => {
  const text = `#transport.host: a\n${stock}#transport.host: b\n`
  expect(opened(text, '10.0.0.5')).toBe(`#transport.host: a\n${stock.replace('#transport.host: 0.0.0.0', 'transport.host: 10.0.0.5')}#transport.host: b\n`)
})

test('where there is no such line, the setting goes to the end of the security settings', () => {
  const text = `${blockBegin}\nxpack.security.enabled: true\n${blockEnd}\nnode.name: n1\n`
  expect(opened(text, '10.0.0.5')).toMatch(/true\n# Where .*\ntransport\.host: 10\.0\.0\.5\n\n#-+ END/)
})

test('where there are no security settings of ours, it goes to the end of the file, which keeps its line ends', () => {
  expect(opened('a: b\r\nc: d', '10.0.0.5')).toMatch(/^a: b\r\nc: d\r\n\r\n# [^\r\n]+\r\ntransport\.host: 10\.0\.0\.5\r\n$/)
  expect(opened('', '10.0.0.5')).toMatch(/^\n# .+\ntransport\.host: 10\.0\.0\.5\n$/)
})

test.each([
  ['flat', 'transport.host: localhost # mine\nnode.name: n\n', 'transport.host: 10.0.0.5 # mine\nnode.name: n\n'],
  ['nested', 'transport:\n  port: 9300\n  host: "127.0.0.1"\n', 'transport:\n  port: 9300\n  host: 10.0.0.5\n'],
  ['half nested', 'transport.host: 1.2.3.4\ntransport:\n  port: 9300\n', 'transport.host: 10.0.0.5\ntransport:\n  port: 9300\n'],
  ['in braces', 'transport: {port: 9300, host: localhost}\n', 'transport: {port: 9300, host: 10.0.0.5}\n'],
  ['a list in brackets', 'transport.host: [a, b]\n', 'transport.host: 10.0.0.5\n'],
  ['quoted', "'transport.host': 'x'\n", "'transport.host': 10.0.0.5\n"],
])('a setting that is there is replaced where it stands: %s', (_, text, wanted) => {
  expect(opened(text, '10.0.0.5')).toBe(wanted)
})

test('the setting is never there twice: a list over several lines becomes a comment, and the setting follows', () => {
  const text = opened('transport.host:\n  - 10.0.0.7\n  - localhost\nnode.name: n\n', '10.0.0.5', '_local_')
  expect(text.startsWith('#transport.host:\n#  - 10.0.0.7\n#  - localhost\nnode.name: n\n')).toBe(true)
  expect(settingText(readSettings(text, {}), 'transport.host')).toBe('[10.0.0.5, _local_]')
  expect(text.match(/^ *transport\.host/gm)).toHaveLength(1)
})

test('a nested map without a host keeps what it has, and the setting stands beside it', () => {
  const text = opened(`transport:\n  port: 9301\n#  transport.host: 0.0.0.0\n`, '10.0.0.5')
  expect(settingText(readSettings(text, {}), 'transport.port')).toBe('9301')
  expect(settingText(readSettings(text, {}), 'transport.host')).toBe('10.0.0.5')
})

test('a commented-out line within a text or a map, where no setting can stand, is left alone', () => {
  const text = 'node.attr.note: |\n  read this:\n#transport.host: 0.0.0.0\nhttp:\n#transport.host: 0.0.0.0\n  port: 9201\n'
  const edited = opened(text, '10.0.0.5')
  expect(edited.startsWith(text)).toBe(true)
  expect(settingText(readSettings(edited, {}), 'http.port')).toBe('9201')
})

test('transport.bind_host, which comes before it, says the same then', () => {
  const edited = setTransportHost('transport.bind_host: localhost\n', ['10.0.0.5'], {})
  expect([settingText(edited.settings, 'transport.bind_host'), settingText(edited.settings, 'transport.host')]).toEqual(['10.0.0.5', '10.0.0.5'])
})

test('values that YAML would read otherwise are quoted', () => {
  expect(opened('', '::1')).toContain('transport.host: "::1"')
  expect(opened('', '_eth0:ipv4_')).toContain('transport.host: "_eth0:ipv4_"')
  expect(opened('', '10.0.0.5', '_local_')).toContain('transport.host: ["10.0.0.5", "_local_"]')
})

test('each new line is explained', () => {
  const { text, lineNotes } = setTransportHost(first, ['0.0.0.0'], {})
  const lines = text.split('\n')
  expect(lineNotes.get(lines.indexOf('transport.host: 0.0.0.0'))).toContain('every address')
  const added = lines.flatMap((line, at) => (first.split('\n').includes(line) ? [] : [at]))
  expect(added.map((at) => lineNotes.has(at))).toEqual([true, true])
})

test('a file that is one map in braces cannot be added to, and is left alone', () => {
  expect(() => setTransportHost('{node.name: n}\n', ['10.0.0.5'], {})).toThrow(expect.objectContaining({ code: 'settings_not_appendable' }) as Problem)
})

test('a value behind an anchor is not replaced', () => {
  expect(() => setTransportHost('a: &x localhost\ntransport.host: *x\n', ['10.0.0.5'], {})).toThrow(expect.objectContaining({ code: 'settings_not_editable' }) as Problem)
})

test.each(['transport.host: ""', 'transport.host: ${NOPE:}', 'force.transport.host: ""'])('one without a value is not doubled: %j', (line) => {
  const { text, settings } = setTransportHost(`cluster.name: c\n${line}\n`, ['10.0.0.5'], {})
  expect(settings.get('transport.host')).toBe('10.0.0.5')
  expect(text.split('\n').filter((one) => one.startsWith('transport.host:') || one.startsWith('force'))).toEqual(['transport.host: 10.0.0.5'])
})
