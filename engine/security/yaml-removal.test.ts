import { expect, test } from 'vitest'
import { removeYamlSettings } from './yaml-removal.ts'

const unwanted = (name: string): boolean => name === 'sec.on' || name.startsWith('sec.ssl.') || name === 'seeds'
const removed = (text: string): string | undefined => removeYamlSettings(text, unwanted)?.text

test.each([
  // flat, with comments, at either end of the file
  ['sec.on: false\n', '#sec.on: false\n'],
  ['sec.on: false', '#sec.on: false'],
  ['# mine\na: 1\nsec.on: false   # off\n\nb: 2\n', '# mine\na: 1\n#sec.on: false   # off\n\nb: 2\n'],
  ['a: 1\r\nsec.on: no\r\nseeds: [h1, h2]\r\nb: 2\r\n', 'a: 1\r\n#sec.on: no\r\n#seeds: [h1, h2]\r\nb: 2\r\n'],
  ['\uFEFFsec.on: false\na: 1\n', '\uFEFF#sec.on: false\na: 1\n'],
  ['---\nsec.on: false\na: 1\n', '---\n#sec.on: false\na: 1\n'],
  // quotes
  [`'sec.on': "false"\na: 1\n`, `#'sec.on': "false"\na: 1\n`],
  ['"sec.on" : \'it\'\'s\'\na: 1\n', '#"sec.on" : \'it\'\'s\'\na: 1\n'],
  // nested and half-nested: what has nothing left goes as a whole
  ['sec:\n  on: false\na: 1\n', '#sec:\n#  on: false\na: 1\n'],
  ['sec:\n  on: false\n  off: 1\n', 'sec:\n  #on: false\n  off: 1\n'],
  ['sec:\n  off: 1\n  ssl:\n    a: 1\n    b: 2\nc: 3\n', 'sec:\n  off: 1\n  #ssl:\n  #  a: 1\n  #  b: 2\nc: 3\n'],
  ['sec.ssl:\n  a: 1\n\n  # why\n  b.c: 2\nc: 3\n', '#sec.ssl:\n#  a: 1\n\n  # why\n#  b.c: 2\nc: 3\n'],
  ['sec:\n  ssl.a: 1\n  off: 2\n', 'sec:\n  #ssl.a: 1\n  off: 2\n'],
  // one name in two spellings
  ['sec.on: false\nsec:\n  on: true\n  off: 1\n', '#sec.on: false\nsec:\n  #on: true\n  off: 1\n'],
  // lists and texts over several lines
  ['seeds:\n  - h1\n  - h2\na: 1\n', '#seeds:\n#  - h1\n#  - h2\na: 1\n'],
  ['seeds:\r\n- h1\r\n- h2\r\na: 1\r\n', '#seeds:\r\n#- h1\r\n#- h2\r\na: 1\r\n'],
  ['seeds: [\n  h1, # one\n  # two\nh2\n  ]  # end\na: 1\n', '#seeds: [\n#  h1, # one\n  # two\n#h2\n#  ]  # end\na: 1\n'],
  ['sec.on: >-\n  fal\n  se\n\na: 1\n', '#sec.on: >-\n#  fal\n#  se\n\na: 1\n'],
  ['sec.on: "fal\n  se"\na: 1\n', '#sec.on: "fal\n#  se"\na: 1\n'],
  ['a: |\n  text\nsec.on: false\n', 'a: |\n  text\n#sec.on: false\n'],
  ['x:\n  a: |\n    text\n  y: 1\nsec:\n  a: |\n    text\n  on: 1\n', 'x:\n  a: |\n    text\n  y: 1\nsec:\n  a: |\n    text\n  #on: 1\n'],
  ['seeds: [\r\n  "h1",\r\n  "h2"\r\n]\r\na: 1\r\n', '#seeds: [\r\n#  "h1",\r\n#  "h2"\r\n#]\r\na: 1\r\n'],
  // in braces
  ['sec: {on: false}\na: 1\n', '#sec: {on: false}\na: 1\n'],
  ['sec: {on: false, off: 1}\n', 'sec: {off: 1}\n'],
  ['sec: {off: 1, on: false}\n', 'sec: {off: 1}\n'],
  ['sec: {off: 1, on: false, ssl: {a: 1}} # x\n', 'sec: {off: 1} # x\n'],
  ['sec: {ssl.b: [1, 2], off: 1, "on": false, up: 2}\n', 'sec: {off: 1, up: 2}\n'],
  ['sec: {\n  on: false,\n  off: 1\n}\n', 'sec: {\n  off: 1\n}\n'],
  ['{sec.on: false, a: 1}\n', '{a: 1}\n'],
  ['{sec.on: false, seeds: []}\n', '#{sec.on: false, seeds: []}\n'],
  // placeholders
  ['seeds: [${HOST}, "${OTHER:x}"]\na: ${B}\n', '#seeds: [${HOST}, "${OTHER:x}"]\na: ${B}\n'],
  // what only looks like it
  ['sec:\n  ssl: {}\na: sec.on\nb: [sec.on]\n# sec.on: 1\n', 'sec:\n  ssl: {}\na: sec.on\nb: [sec.on]\n# sec.on: 1\n'],
])('of %j only the unwanted goes', (text, wanted) => {
  expect(removed(text)).toBe(wanted)
})

test('it says which settings became comments, and which were cut out', () => {
  expect(removeYamlSettings('sec:\n  on: 1\n  ssl:\n    a: 1 # mine\nx: {seeds: 1, "sec.on": 2}\n', unwanted)?.gone).toEqual([
    { names: ['sec.on', 'sec.ssl.a'], how: 'commented out', line: 0 },
  ])
  expect(removeYamlSettings('sec: {on: 1, ssl.a: 2, off: 3}\n  \nseeds:  a # b\n', unwanted)?.gone).toEqual([
    { names: ['sec.on'], how: 'cut out', line: null },
    { names: ['sec.ssl.a'], how: 'cut out', line: null },
    { names: ['seeds'], how: 'commented out', line: 2 },
  ])
  // What is cut out over several lines moves the comments below it up.
  expect(removeYamlSettings('sec: {on: 1,\n  ssl.a: 2,\n  off: 3}\nseeds: a\n', unwanted)).toEqual({
    text: 'sec: {off: 3}\n#seeds: a\n',
    gone: [{ names: ['sec.on'], how: 'cut out', line: null }, { names: ['sec.ssl.a'], how: 'cut out', line: null }, { names: ['seeds'], how: 'commented out', line: 1 }],
  })
})

test.each([
  'sec.on: &x false\na: *x\n',
  'a: &x false\nsec.on: *x\n',
  'sec.ssl:\n  a: &x 1\nb: *x\n',
  'sec: {on: &x 1, off: 2}\n',
  'seeds: [&x h1]\na: 1\n',
  'sec.on: !!bool false\n',
  '? sec.on\n: false\na: 1\n',
  'sec: {on: 1, # mine\n  off: 2}\n',
  'a: [\n',
  '- sec.on\n',
  '',
])('%j cannot be changed alone', (text) => {
  expect(removeYamlSettings(text, unwanted)).toBeNull()
})
