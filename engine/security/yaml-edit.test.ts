import { expect, test } from 'vitest'
import { replaceYamlValue } from './yaml-edit.ts'

test.each([
  ['http.port: 9200', 'http.port: X'],
  ['# a\nhttp.port: 9200   # mine\n\nb: 1\n', '# a\nhttp.port: X   # mine\n\nb: 1\n'],
  ['http:\n  port: 9200\n  host: a\n', 'http:\n  port: X\n  host: a\n'],
  ['a:\n  b: 1\nhttp: {port: "9200", host: a}\n', 'a:\n  b: 1\nhttp: {port: X, host: a}\n'],
  ["'http.port': '92''00'\r\nb: 1\r\n", "'http.port': X\r\nb: 1\r\n"],
  ['http.port: [9200, "9201" ] # two\n', 'http.port: X # two\n'],
  ['http.port: []\n', 'http.port: X\n'],
  ['http.port: 1\nhttp:\n  port: 2\n', 'http.port: X\nhttp:\n  port: X\n'],
  ['l:\n  - http.port: 1\n  - [http.port]\nhttp.port: 2\n', 'l:\n  - http.port: 1\n  - [http.port]\nhttp.port: X\n'],
  ['http.port: ${PORT:9200}\n', 'http.port: X\n'],
])('in %j only the value is replaced', (text, wanted) => {
  expect(replaceYamlValue(text, 'http.port', 'X')).toBe(wanted)
})

test.each(['a: 1\n', '', '- http.port\n', 'http.port:\n  - 1\n', 'http.port: >\n  9200\n', 'http.port: "92\n  00"\n', 'b: &x 1\nhttp.port: *x\n', 'http.port: !!str 1\n', 'http.port: {a: 1}\n', 'a: [\n'])(
  'in %j it cannot be replaced alone',
  (text) => {
    expect(replaceYamlValue(text, 'http.port', 'X')).toBeNull()
  },
)
