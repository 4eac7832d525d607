import { randomFrom } from './random-configurations.ts'

/** A text for an `elasticsearch.yml`, and the class of texts that it belongs to. */
export interface SettingsText {
  readonly kind: SettingsKind
  readonly text: string
}

export type SettingsKind = keyof typeof kinds
export const settingsKinds = (): readonly SettingsKind[] => Object.keys(kinds) as SettingsKind[]

/**
 * Texts as people write them and as nobody does,
 the same for the same seed. `reference` is the file that Elasticsearch comes with.
 */
export function* settingsTexts(count: number, seed: number, reference: string): Generator<SettingsText, void> {
  const random = randomFrom(seed)
  const writer: Writer = {
    random,
    reference,
    below: (limit) => Math.floor(random() * limit),
    pick: (from) => from[Math.floor(random() * from.length)] as (typeof from)[number],
    some: (most, write, between) => Array.from({ length: Math.floor(random() * (most + 1)) },
    write).join(between ?? ''),
  }
  const names = settingsKinds()
  for (let index = 0; index < count; index++) {
    const kind = names[index % names.length] as SettingsKind
    let text = kinds[kind](writer)
    if (random() < 0.4) text = mutated(writer, text)
    if (random() < 0.1) text = text.replaceAll('\n', writer.pick(lineEnds))
    if (random() < 0.03) text = `\uFEFF${text}`
    yield { kind, text }
  }
}

const lineEnds = ['\r\n', '\r', '\u0085', '\u2028', '\u2029', '\n\n', '\n\uFEFF']

interface Writer {
  readonly random: () => number
  readonly reference: string
  readonly below: (limit: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** none to `most` of what `write` gives */
  readonly some: (most: number, write: () => string, between?: string) => string
}

const kinds = {
  'what people write': (writer: Writer) => writer.some(6, () => setting(writer)),
  'the reference, changed': changedReference,
  'nested maps': (writer: Writer) => blockMap(writer, '', 3),
  'brackets and braces': (writer: Writer) =>
    `${name(writer)}: ${flow(writer, 3)}${writer.pick(['', '\n', ' # c\n', '\nb: c\n'])}`,
  'signs in any order': (writer: Writer) => writer.some(14, () => writer.pick(signs)),
  'signs after a name': (writer: Writer) => `a: ${writer.some(10, () => writer.pick(signs))}\nb: c\n`,
  'signs in brackets': (writer: Writer) =>
    'a: ' +
    writer.pick(['[', '{', '[x, ', '{x: ']) +
    writer.some(8, () => writer.pick(signs)) +
    writer.pick([']', '}', ']\n', '']),
  'values over several lines': (writer: Writer) =>
    writer.pick(['a: ', 'a:\n  ', '  a: ', '- ', 'a:\n- ']) + someLines(writer),
  'values in quotes': (writer: Writer) =>
    writer.pick(['a: ', '"b": ', 'a: [', '? ']) +
    quoted(writer) +
    writer.pick(['\n', ' # c', '#c', ' x', ': y', ']', '\t\n', '']),
  'after | and >': block,
  'anchors, aliases and tags': (writer: Writer) =>
    `${marks(writer)}a${writer.pick(['', ' '])}: ${marks(writer)}${scalar(writer)}\n` +
    writer.some(2, () => `${marks(writer)}b: ${marks(writer)}${flow(writer, 1)}\n`),
  'documents and directives': (writer: Writer) => writer.some(4, () => documentLine(writer), '\n'),
  'lists by numbers, forced names': (writer: Writer) => writer.some(6, () => numbered(writer)),
  placeholders: (writer: Writer) =>
    writer.some(4, () => `${writer.pick([name(writer), '${PORT}'])}: ${placeholder(writer)}\n`),
  'numbers and words': (writer: Writer) =>
    `a: ${writer.pick(['', '!!int ', '!!float ', '!!bool ', '!!null ', '! '])}${word(writer)}\n` +
    `b: [${writer.some(3, () => word(writer), ', ')}]\n`,
  'long and deep': longOrDeep,
} as const satisfies Record<string, (writer: Writer) => string>

const settingNames = [
  'cluster.name', 'node.name', 'path.data', 'path.logs', 'network.host', 'http.port', 'discovery.seed_hosts',
  'cluster.initial_master_nodes',
  'action.destructive_requires_name', 'xpack.security.enabled', 'xpack.security.transport.ssl.keystore.path',
  'node.roles', 'node.attr.rack',
  'a', 'b', 'a.b', 'x-1', '"a"', "'b.c'", '0', 'yes', '~', '<<', 'a b', 'é', '日本',
]
const settingValues = [
  'my-application', '/var/lib/elasticsearch', '192.168.0.1', '9200', '9200-9300', '["host1", "host2"]',
  '[::1, 127.0.0.1]', '["::1", _local_]', '["127.0.0.1", "[::1]"]',
  'true', 'false', 'yes', 'off', '"false"', '', '~', 'null', '_site_', '0.0.0.0', '[_local_, _site_]', "'it''s'",
  'C:\\data', '"C:\\\\data"', '"C:\\data"', 'http://a:9200/?x=1',
  '[http://a:9200, b:9300]', '\n  - a\n  - b', '\n- a\n- b', '[]', '{}', '{a: 1, b: 2}', '50%', '@x', '`x`',
  '*.example.org', '!x', '10:30', '1:2:3', 'a # c', 'a#c', '"a" # c', '"a"#c',
  'a: b', '- a', '"a" b', '[a, b', 'a]', "O'Brien", '<none>', '|', '>', '&x y', '*x', '? a', '#', '=', '-', '--', '---',
  '...', '.', '"\\u00e9"', '[a, , b]', '[a b, c d]', '{a b: c d}',
]

const harmless = ['a', 'b c', '9200', 'true', '"x"', "'y z'", 'a\n   b', '"a\n   b"', '[a, b]', '[]', 'off', '-1',
'a:b', 'a#b', "'it''s'", '"\\u00e9"', '*k', '&k v', '!!str yes', '! x', '/a/b', 'a, b', '"#"', '"[::1]"']

function name(writer: Writer): string {
  return writer.pick(settingNames)
}

function setting(writer: Writer): string {
  const indent = writer.random() < 0.1 ? ' '.repeat(writer.below(4)) : ''
  const colon = writer.pick([': ', ': ', ': ', ': ', ':  ', ' : ', ':', ':\t'])
  const behind = writer.pick(['', '', '', ' ', ' # comment', '\t# comment', '#', '   '])
  return writer.pick([`${indent}${name(writer)}${colon}${writer.pick(settingValues)}${behind}\n`,
  `${indent}${name(writer)}${colon}${writer.pick(settingValues)}${behind}\n`, '# a comment: here\n', '\n', '#x: y\n'])
}

function changedReference(writer: Writer): string {
  const lines = writer.reference.split('\n')
  const start = writer.below(lines.length)
  return lines
    .slice(writer.pick([0, start]), start + writer.below(30) + 1)
    .map((line) => (writer.random() < 0.5 ? line.replace(/^# ?(?=[\w.]+:)/, '') : line))
    .join('\n')
}

const signs = [
  '-', '- ', '?', '? ', ':', ': ', ',', ', ', '[', ']', '{', '}', '#', ' #', '&', '&k', '*', '*k', '!', '!!', '!!str',
  '!a!b', '!<x>', '|', '>', '|-', '>+2', "'", '"', '%', '@', '`',
  'a', 'b', 'a', 'k', 'yes', '1', '~', '', ' ', '  ', '\t', '\n', '\n', '\n ', '\n  ', '\n\t', '\n-', '\n- ', '\na: ',
  '\n---', '\n--- ', '\n...', '\n%YAML 1.1\n', '\\', '\\n', '.', '/', '=',
  '\u0085', '\u2028', '\u2029', '\uFEFF', '\u00A0', '\u0007', '\u007F', 'é', '\u{1F373}', '\uFFFD', '\uFFFE', '"a"',
  "'b'", '[a]', '{a: b}', 'a: b', 'a:b', '::1', 'a?b', '-a', '?a', ':a', '$x', '<<',
]

function mutated(writer: Writer, text: string): string {
  let changed = text
  for (let times = writer.below(3) + 1; times > 0; times--) {
    const at = writer.below(changed.length + 1)
    const sign = writer.pick(signs)
    const end = Math.min(changed.length, at + writer.below(4))
    changed = writer.pick([
      () => changed.slice(0, at) + sign + changed.slice(at),
      () => changed.slice(0, at) + sign + changed.slice(end),
      () => changed.slice(0, at) + changed.slice(end),
      () => changed.slice(0, at) + changed.slice(at, end).repeat(2) + changed.slice(end),
      () => changed.slice(0, at),
      () => changed.replace(/\n +/, (indent) => `${indent} `),
    ])()
  }
  // Half a character is none in UTF-8.
  return changed.replaceAll(/(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, '')
}

function blockMap(writer: Writer, indent: string, depth: number): string {
  const { pick } = writer
  const plain = (): string => `${pick(['a', 'b', 'c', 'd'])}${writer.below(100)}`
  const keys = [
    plain,
    plain,
    () => name(writer),
    () => `? ${plain()}\n${indent}`,
    () => `${marks(writer)}${plain()}`,
  ]
  return Array.from({ length: writer.below(3) + 1 }, () => {
    const comment = writer.random() < 0.1 ? `${pick([indent, '', `${indent}   `])}# c\n` : ''
    return `${comment}${indent}${pick(keys)()}:${blockValue(writer, indent, depth)}`
  }).join('')
}

function blockValue(writer: Writer, indent: string, depth: number): string {
  const { pick } = writer
  const deeper = indent + pick([' ', '  ', '  ', '    '])
  const choice = depth === 0 ? 1 : writer.random()
  if (choice < 0.4) return `${pick(['', ' ', ` ${marks(writer)}`, ' # c'])}\n${blockMap(writer, deeper, depth - 1)}`
  if (choice < 0.6) {
    const at = pick([indent, deeper])
    const item = (): string => `${at}-${pick([' ', ' ', ' ', '  ', '\n', ' - '])}${scalar(writer)}\n`
    return `\n${item()}${writer.some(2, item)}`
  }
  if (choice < 0.7) return ` ${flow(writer, 2)}\n`
  return ` ${marks(writer)}${scalar(writer)}\n`
}

/** Mostly harmless: one odd value is enough to have a file refused. */
function scalar(writer: Writer): string {
  if (writer.random() < 0.7) return writer.pick(harmless)
  return writer.pick([writer.pick(settingValues), writer.pick(settingValues), quoted(writer), word(writer), ''])
}

function flow(writer: Writer, depth: number): string {
  const { pick, random } = writer
  const blank = (): string => pick(['', '', '', ' ', ' ', '  ', '\n', '\n  ', '\n ', ' # c\n', pick(['', '\t'])])
  const value = (): string => {
    if (depth > 0 && random() < 0.3) return flow(writer, depth - 1)
    return random() < 0.05 ? pick(signs) : scalar(writer)
  }
  const item = (): string => blank() + marks(writer) + value() + blank()
  const last = pick(['', '', ','])
  if (random() < 0.5) return `[${writer.some(3, item, ',')}${last}]`
  const entries = [
    () => `${name(writer)}: ${item()}`,
    () => `"a":${item()}`,
    () => `? ${name(writer)} : ${item()}`,
    () => `${name(writer)} :${item()}`,
    item,
    () => `${name(writer)}:`,
  ]
  return `{${writer.some(3, () => pick(entries)(), ',')}${last}}`
}

function quoted(writer: Writer): string {
  const parts = [
    'a', 'b c', ' ', '  ', '\t', '\n', '\n  ', '\n\n', ' \n\t ', '\n---', '\n--- x', '\n...', '\n...x', "''", "'",
    '\\"', '\\\\', '\\n', '\\t', '\\/', '\\x41', '\\x4', '\\u00e9', '\\ud800', '\\ud83d\\ude00',
    '\\U0001F600', '\\U00110000', '\\UFFFFFFFF', '\\\n', '\\\r\n', '\\ ', '\\_', '\\N', '\\L', '\\P', '\\0', '\\e',
    '\\q', '\\1', '\u0085', '\u2028', '\u2029', '\uFEFF', '\u00A0', '\u{1F373}', '#', ' # c', ': ', '- ', '[', '}', '%',
    '\\\u0085', '\\\u2028', '\\é', '\\\u{1F373}', '\\',
  ]
  const quote = writer.pick(["'", '"', '"'])
  return quote + writer.some(5, () => writer.pick(parts)) + writer.pick([quote, quote, quote, quote, quote, quote,
  quote, ''])
}

function someLines(writer: Writer): string {
  const words = [
    'a', 'b c', 'd: e', '# c', 'x # c', '', '', '\t', ' \t', '\ty', 'z\t', 'z \t q', '---', '--- a', '---a', '...',
    '...a',
    '- f', '? g', '[h', '%i', '"j"', '\u2028k', 'l\u0085m', '&n', 'o:p', ':', ':q', '-r', '\uFEFF',
  ]
  return writer.some(6, () => ' '.repeat(writer.below(5)) + writer.pick(words), '\n')
}

function block(writer: Writer): string {
  const { pick } = writer
  const before = pick([
    'a: ', 'a: ', 'a:\n ', '  a: ', 'a:\n  b: ', 'a:\n- ', 'a:\n  - ', 'a: &x ', 'a: !!str ', pick(['? ', 'a: [',
    '--- ']),
  ])
  const rare = pick(['9', '0', '11', '--', '\u0662', '\u{1D7D0}'])
  const header = pick(['', '', '', '', '-', '+', '1', '2', '3', '-1', '+2', '1-', '2+', rare])
  const behind = pick(['', '', '', '', ' ', ' # c', pick(['# c', '\t', ' x'])])
  const indent = ' '.repeat(writer.below(5))
  const words = [
    'a', 'b', 'c d', '', '', '\t', '\te', 'f\t', '# g', 'h: i', '- j', ' ', '\u2028k', 'l\u2029', '\u0085', '...',
    '---',
    '\uFEFFm', '"', '%n',
  ]
  const line = (): string => pick([indent, indent, indent, `${indent} `, ' '.repeat(writer.below(6))]) + pick(words)
  const lines = writer.some(7, line, pick(['\n', '\n', '\n', '\n\n', '\u2028', '\r\n']))
  return `${before}${pick(['|', '>'])}${header}${behind}\n${lines}${pick(['', '\n', '\n\n', '\nz: y\n', '\n  z: y\n'])}`
}

function marks(writer: Writer): string {
  const { pick, random } = writer
  if (random() < 0.6) return ''
  if (random() < 0.6) return pick(harmlessMarks)
  return pick(oddMarks) + (random() < 0.3 ? pick(oddMarks) : '')
}

const harmlessMarks = [
  '&k ', '! ', '!!str ', '!x ', '!!bool ', '!!int ', '&a-b ', '!<x> ', '!%41 ', '!!str &k ', '&k !!str ', '!x\n   ',
]
const oddMarks = [
  '&k\n', '&a.b ', '&&k ', '& ', '&k: ', '&k, ', '&k] ', '&é ', '*k ', '*k', '*a.b ', '*k: ', '*** ', '!\t', '!x] ',
  '!x} ',
  '!!null ', '!!binary ', '!!set ', '!!float ', '!!str,x ', '!!bool,int ', '!e!x ', '!<!> ', '!<bool> ', '!<int> ',
  '!<tag:yaml.org,2002:bool> ', '!<x ', '!<> ', '!x!y!z ', '!%4 ', '!%zz ', '!%C3%A9 ', '!%FF ', '!%+1 ', '!a,b ',
  '![] ',
  '!!,bool ', '!!, ', '!é ', '!x{ ', '!!bool\n  ', '!x\t',
]

function documentLine(writer: Writer): string {
  return writer.random() < 0.25 ? setting(writer).trimEnd() : writer.pick(documentLines)
}

const documentLines = [
  '---', '---', '--- ', '--- # c', '--- a: b', '---\ta: b', '--- !!int "-"', '---x', '--- |\n a', '--- {a: b}',
  '--- "a"',
  '...', '... # c', '... x', '...x', '# c', '', ' ', 'a: b', 'b: c', 'c: d',
  '%YAML 1.1', '%YAML 1.2 # c', '%YAML 1.2#c', '%YAML 2.0', '%YAML 1', '%YAML  1.0', '%YAML 1.1 x',
  '%YAML 1.99999999999',
  '%YAML \u0661.1', '%YAML\t1.1', '%YAML', '%TAG !e! tag:e,2000:', '%TAG ! tag:yaml.org,2002:', '%TAG !! x',
  '%TAG !e tag:e',
  '%TAG !e!  x%41 # c', '%TAG !e!', '%TAG', '%FOO bar # c', '%', '% a', '%a.b c', '%a_b-c', ' %YAML 1.1', '%é',
  'a: !e!bool yes', 'a: !bool yes', 'a: !!bool yes', 'b: [c\n%FOO\n]', '"c\n---\n": d', 'a: b\n%YAML 1.1',
]

function numbered(writer: Writer): string {
  const { pick } = writer
  const ends = [
    '', '.0', '.0', '.1', '.1', '.2', '.0.0', '.0.1', '.1.0', '.0.0.0', '.00', '.-1', '.x', '.', '..0', '.3',
  ]
  const key = pick(['', '', '', 'force.', 'force.force.']) + pick(['a', 'a', 'b', 'a.b']) + pick(ends)
  const value = pick([
    () => scalar(writer),
    () => 'v',
    () => '[v, w]',
    () => '\n  0: v\n  1: w',
    () => '\n  "0": v\n  b.0: w',
    () => '{0: v, 1: [w, x], 2: y}',
    () => placeholder(writer),
  ])()
  return `${key}: ${value}\n`
}

function placeholder(writer: Writer): string {
  const { pick } = writer
  const known = ['HOSTNAME', 'PORT', 'EMPTY', 'LIST', 'ENTRY', 'LINES', 'ODD', 'a', 'b', 'a.b', 'path.home']
  const variable = pick([pick(known), pick(known), pick(['NOPE', 'prompt.text', '', ' PORT', 'PORT '])])
  const whole = `\${${variable}}`
  const one = pick([
    whole, whole, whole, `\${${variable}:x}`, `\${${variable}:}`, `\${${variable}:\${PORT}}`, '${NOPE:${b:y}}',
    `\${${variable}`, `$${variable}`, `{${variable}}`, '${a:[x]}', '$',
  ])
  return pick([
    one, one, `"${one}"`, `'${one}'`, `[${one}, b]`, `x${one}y`, `${one}${one}`, `{c: ${one}}`, `\n  c: ${one}`,
    `a # ${one}`, `|\n  ${one}`,
  ])
}

function word(writer: Writer): string {
  const { pick } = writer
  const digits = ['0', '1', '7', '8', '9', '_', 'a', 'F', '.', ':', 'e', '-', '+', ' ']
  const start = pick(['', '0', '0x', '0X', '0b', '0B', '0o', '-', '+', '-0', '-0x', '+0b', '1', '1_', '_'])
  return pick([
    () => start + writer.some(4, () => pick(digits)),
    () => pick(words),
    () => pick(words),
    () => `0x${'f'.repeat(pick([6, 7, 8, 15, 16, 17, 999, 1000, 1001, 1021, 1022, 1023]))}`,
    () => `0${'7'.repeat(pick([9, 10, 11, 20, 21, 22, 999, 1000, 1001, 1022, 1023, 1024]))}`,
    () => `"0b${'1'.repeat(pick([30, 31, 32, 63, 64, 1000, 1001, 1030]))}"`,
  ])()
}

const words = [
  'yes', 'Yes', 'YES', 'yEs', 'no', 'No', 'on', 'ON', 'off', 'Off', 'true', 'TRUE', 'tRue', 'false', 'y', 'n', 'Y', 'N',
  '~',
  'null', 'Null', 'NULL', 'nUll', '"-"', '"+"', '"_"', '"-_"', '"0x"', '"0b"', '"0_"', '" "', '""', 'ye\u017F', '.inf',
  '.NaN', '=', '<<', '2001-01-01', '2001-1-1 1:1:1Z',
]

function longOrDeep(writer: Writer): string {
  const long = writer.pick([1000, 1022, 1023, 1024, 1025, 1026, 2000])
  const text = writer.pick(['x', 'é', '\u{1F373}']).repeat(long)
  const depth = writer.pick([10, 998, 999, 1000, 1001, 1002])
  return writer.pick([
    () => `${text}: b\n`,
    () => `a: {${text}: b}\n`,
    () => `a: 1\n${text}: b\n`,
    () => `"${text}": b\n`,
    () => `? ${text}\n: b\n`,
    () => `a: {"${text}":b}\n`,
    () => `a: {[${'x,'.repeat(long / 2)}]: b}\n`,
    () => `&${text} a: b\n`,
    () => `a:${' '.repeat(long)}b\n`,
    () => `a${' '.repeat(long)}: b\n`,
    () => `${'{a: '.repeat(depth)}b${'}'.repeat(depth)}`,
    () => `${'{a: '.repeat(depth)}[b]${'}'.repeat(depth)}`,
    () => `a: ${'['.repeat(depth)}b${']'.repeat(depth)}`,
    () => Array.from({ length: depth > 10 && writer.random() < 0.9 ? 10 : depth }, (_,
    level) => `${' '.repeat(level)}a:\n`).join(''),
    () => Array.from({ length: depth }, (_,
    level) => `${' '.repeat(level)}a:${level === depth - 1 ? ' b' : ''}\n`).join(''),
    () => `${'- '.repeat(depth)}a`,
    () => `${'? '.repeat(depth)}a`,
    () => `a: ${'&k '.repeat(writer.below(3))}${'!x '.repeat(writer.below(3))}b\n`,
  ])()
}
