import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/problems/problem.ts'
import { readSettings, settingList, settingText } from './settings.ts'

/** Every expectation here is what InternalSettingsPreparer of Elasticsearch 9.4.3 and 8.16.6 answered. */
function read(text: string, env: Record<string, string> = {}): Record<string, unknown> {
  return Object.fromEntries(readSettings(text, env))
}

function problemOf(text: string, env: Record<string, string> = {}): Problem {
  try {
    readSettings(text, env)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error(`read without a problem: ${text}`)
}

describe('names', () => {
  test.each([
    ['flat', 'a.b.c: x'],
    ['nested', 'a:\n  b:\n    c: x'],
    ['half nested', 'a.b:\n  c: x'],
    ['quoted', '"a.b": {"c": "x"}'],
    ['with CRLF and a BOM', '\uFEFFa:\r\n  b.c: x\r\n'],
    ['as JSON', '{"a":{"b":{"c":"x"}}}'],
    ['after a directive and a marker', '%YAML 1.1\n--- # ours\na.b.c: x\n...\n'],
    ['with line ends of old', 'a:\r  b.c: x\r'],
  ])('%s mean the same', (_, text) => expect(read(text)).toEqual({ 'a.b.c': 'x' }))

  test('the later spelling of a name wins', () => {
    expect(read('a.b: 1\na:\n  b: 2')).toEqual({ 'a.b': '2' })
    expect(read('a:\n  b: 2\na.b: 1')).toEqual({ 'a.b': '1' })
  })

  test('a setting by force stands above the same without', () => expect(read('force.node.name: x\nnode.name: y')).toEqual({ 'node.name': 'x' }))

  test('names of objects are names like others', () => {
    const settings = readSettings('__proto__: x\nconstructor: y', {})
    expect([...settings]).toEqual([['__proto__', 'x'], ['constructor', 'y']])
  })
})

describe('values', () => {
  test.each([
    ['yes', 'true'], ['On', 'true'], ['TRUE', 'true'], ['no', 'false'], ['OFF', 'false'],
    ['y', 'y'], ['yEs', 'yEs'], ['"yes"', 'yes'], ['!!str yes', 'yes'], ['!!bool yes', 'true'],
    ['017', '017'], ['0o17', '0o17'], ['0x1F', '0x1F'], ['1_000', '1_000'], ['1e3', '1e3'], ['190:20:30', '190:20:30'], ['.inf', '.inf'],
    ['2001-01-01', '2001-01-01'], ['a#b', 'a#b'], ['a # b', 'a'], ['b\t# c', 'b'], ['"b"#c', 'b'], ["'it''s'", "it's"], ['"\\x41\\u00e9"', 'A\u00e9'],
    ['!!str null', 'null'], ['*other', 'other'], ['&x y', 'y'], ['a:b', 'a:b'], ['$x', '$x'], ['a\n  b', 'a b'], ['|\n  a\n  b', 'a\nb\n'], ['>-\n  a\n  b', 'a b'],
    ['"a\nb"', 'a b'], ["'\n'", ' '],
  ])('%j is %j', (written, value) => expect(read(`a: ${written}`)).toEqual({ a: value }))

  test('an empty text or map sets nothing', () => expect(read('a: ""\nb: {}\nc:\n  {}')).toEqual({}))

  test('an empty file and one of comments set nothing', () => {
    expect(read('')).toEqual({})
    expect(read('# a: b\n\n')).toEqual({})
  })
})

describe('lists', () => {
  test.each([
    ['[x, "y"]', ['x', 'y']],
    ['[\nx,\n"y"\n]', ['x', 'y']],
    ['\n- x\n- y', ['x', 'y']],
    ['[ x , # c\ny,]', ['x', 'y']],
    ['[yes, TRUE, 1_0]', ['yes', 'TRUE', '1_0']],
    ['[]', []],
  ])('%j', (written, items) => expect(read(`a: ${written}`)).toEqual({ a: items }))

  test('may be numbered from 0 on', () => {
    expect(read('a.0: x\na.1: y\na.3: z')).toEqual({ a: ['x', 'y'], 'a.3': 'z' })
    expect(read('a:\n  0: x\n  1: y')).toEqual({ a: ['x', 'y'] })
    expect(read('a.1: x')).toEqual({ 'a.1': 'x' })
  })

  test('a text with commas is a list where a list is asked for', () => {
    const settings = readSettings('a: one, two\nb: [one, two]\nc: ","', {})
    expect(settingList(settings, 'a')).toEqual(['one', 'two'])
    expect(settingList(settings, 'none')).toEqual([])
    expect(settingText(settings, 'b')).toBe('[one, two]')
  })

  test.each([
    [',', []], [',,', []], ['a,', ['a']], [',a', ['', 'a']], ['a,,b', ['a', '', 'b']], ['  ', ['']], [' , ', ['', '']], ['\ta\t,b ', ['a', 'b']],
    ['[a, b]', ['[a', 'b]']], ['a,\u00a0b', ['a', '\u00a0b']],
  ])('the text %j is the list %j', (text, items) => expect(settingList(new Map([['a', text]]), 'a')).toEqual(items))
})

describe('placeholders', () => {
  test('the environment is put in before the YAML is read', () => {
    expect(read('a: ${X}', { X: 'v' })).toEqual({ a: 'v' })
    expect(read('${X}', { X: 'a: on' })).toEqual({ a: 'true' })
    expect(read('a: ${X}', { X: '[b, c]' })).toEqual({ a: ['b', 'c'] })
    expect(read('a: "\\${X}"', { X: 'nb' })).toEqual({ a: '\nb' })
  })

  test('with a default they ask other settings, not the environment', () => {
    expect(read('a: ${X:y}')).toEqual({ a: 'y' })
    expect(read('a: ${X:y}', { X: 'v' })).toEqual({ a: 'y' })
    expect(read('a: ${b:y}\nb: z')).toEqual({ a: 'z', b: 'z' })
    expect(read('a: ${X:${Y:z}}')).toEqual({ a: 'z' })
    expect(read('a: ${X:}')).toEqual({})
  })

  test('other settings, lists as well, and what is given from above', () => {
    expect(read('a: ${b}\nb: [x, y]')).toEqual({ a: '[x, y]', b: ['x', 'y'] })
    expect(Object.fromEntries(readSettings('a: ${path.home}/d', {}, { 'path.home': '/es' }))).toEqual({ a: '/es/d', 'path.home': '/es' })
  })

  test('one that is not set, and one in a circle, are refused; not so in comments', () => {
    expect(problemOf('a: ${X}')).toMatchObject({ code: 'settings_placeholder' })
    expect(problemOf('a: ${b}\nb: ${a}')).toMatchObject({ code: 'settings_placeholder_circle' })
    expect(problemOf('a: ${X}', { X: '${X}' })).toMatchObject({ code: 'settings_placeholder' })
    expect(read('# ${X}\na: b # ${X}')).toEqual({ a: 'b' })
    expect(read('a: ${X')).toEqual({ a: '${X' })
  })
})

describe('what Elasticsearch refuses is refused, with its line', () => {
  test.each([
    ['a tab in front', 'a:\n\tb: c', 'settings_no_yaml', 'line 2'],
    ['a tab before a value', 'a: \t b', 'settings_no_yaml', 'line 1'],
    ['a quote that never ends', 'x: y\na: "b\n', 'settings_no_yaml', 'line 2, column 4: missing closing quote'],
    ['a bracket that never ends', 'a: [b\n', 'settings_no_yaml', 'line'],
    ['a wrong step', 'a:\n  b: c\n d: e', 'settings_no_yaml', 'line 3'],
    ['an escape of later', 'a: "\\/"', 'settings_no_yaml', 'line 1'],
    ['a control character in a comment', '\n# \u0007\n', 'settings_no_yaml', 'line 2'],
    ['a sign that begins nothing', 'a: @b', 'settings_no_yaml', 'line 1'],
    ['a name of 1025 characters', `${'x'.repeat(1025)}: b`, 'settings_no_yaml', 'line 1'],
    ['a name twice', 'a: 1\nb: 2\n"a": 3', 'settings_duplicate_key', 'line 1 and in line 3'],
    ['a name twice within another', 'x:\n  a: 1\n  a: 2', 'settings_duplicate_key', 'x.a twice'],
    ['no value', 'b: 1\na:', 'settings_null', 'line 2'],
    ['null', 'a: ~', 'settings_null', 'line 1'],
    ['a map in a list', 'a:\n  - b: c', 'settings_bad_list', 'line 2'],
    ['nothing in a list', 'a: [null]', 'settings_bad_list', 'line 1'],
    ['a list as a name', '? [a]\n: b', 'settings_bad_key', 'line 1'],
    ['no name', ': x', 'settings_no_yaml', 'missing name before the colon'],
    ['bytes', 'a: !!binary aGk=', 'settings_bad_value', 'line 1'],
    ['a list as the root', '- a', 'settings_no_map', 'a list'],
    ['a text as the root', 'cluster.name:mine', 'settings_no_map', 'a single value'],
    ['a marker alone', '---\n', 'settings_no_map', 'nothing'],
    ['a second document', 'a: b\n---\nc: d', 'settings_more_documents', 'Elasticsearch refuses'],
    ['a list and its item', 'a: [x]\na.0: y', 'settings_list_conflict', 'a.0'],
  ])('%s', (_, text, code, words) => {
    const problem = problemOf(text)
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(words)
    expect(problem.remedy).not.toBe('')
  })
})

test('a file beyond the limit is refused before it is parsed', () => {
  expect(problemOf('a: b\n'.repeat(10_000_000))).toMatchObject({ code: 'settings_too_large' })
})

// Were any of these read in quadratic time, it would not end within a minute.
test.each([
  ['names', Array.from({ length: 10_000 }, (_, index) => `k${index}: v\n`).join('')],
  ['one long line', `{${Array.from({ length: 10_000 }, (_, index) => `k${index}: v`).join(', ')}}`],
  ['blanks', `a: b${' '.repeat(1_000_000)}c`],
  ['escapes', `a: "${'\\n'.repeat(500_000)}"`],
])('%s without end are read in proportion to their length', { timeout: 20_000 }, (_, text) => {
  expect(readSettings(text, {}).size).toBeGreaterThan(0)
})

test('brackets without end are refused, not followed', () => {
  expect(problemOf(`a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`).exit).toBe(3)
})

test('lists of lists are read as the major of Elasticsearch reads them', () => {
  const of = (text: string, major: number): unknown => Object.fromEntries(readSettings(text, {}, {}, major))
  expect(of('a.0.0: x\na.0.1: y\n', 9)).toEqual({ a: ['[x, y]'] })
  expect(() => of('a.0.0: x\n', 8)).toThrow(expect.objectContaining({ code: 'settings_list_conflict' }) as Error)
  expect(of('a.0.0.0: x\n', 9)).toEqual({ a: ['[[x]]'] })
  expect(of('a.0.0.0: x\n', 8)).toEqual({ 'a': ['[]'], 'a.0': ['[x]'] })
})
