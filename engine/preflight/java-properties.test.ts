import { expect, test } from 'vitest'
import { MalformedProperties, readProperties } from './java-properties.ts'

const read = (text: string) => Object.fromEntries(readProperties(Buffer.from(text, 'latin1')))

test.each([
  ['a=b\nc = d\ne: f\ng h\ni\n', { a: 'b', c: 'd', e: 'f', g: 'h', i: '' }],
  ['# a=b\n! c=d\n\n  \t\n x = y', { x: 'y' }],
  ['a = b\\\n   c\\\n d\ne=f', { a: 'bcd', e: 'f' }],
  ['a = b\\\\\nc=d', { a: 'b\\', c: 'd' }],
  ['a\\ b\\:c = d', { 'a b:c': 'd' }],
  ['a = \\u00e9\\t\\q', { a: 'é\tq' }],
  ['a=1\na=2', { a: '2' }],
  ['a==b', { a: '=b' }],
  ['a=b\r\nc=d\re=f', { a: 'b', c: 'd', e: 'f' }],
  ['a = \u00e9', { a: 'é' }],
  ['=x', { '': 'x' }],
])('%j', (text, properties) => {
  expect(read(text)).toEqual(properties)
})

test.each(['a=\\u12', 'a=\\uzzzz', '\\u=b', 'x=y\n# \\u\na = C:\\users'])('%j is malformed', (text) => {
  expect(() => read(text)).toThrow(MalformedProperties)
})

test('the line of what is malformed is told, and a comment cannot be', () => {
  expect(read('# \\u\na=b')).toEqual({ a: 'b' })
  expect(() => read('a=b\n\nc=d\\\n \\u')).toThrow(expect.objectContaining({ line: 3 }))
})
