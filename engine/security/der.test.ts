import { expect, test } from 'vitest'
import { bits, contentOf, der, DerError, directoryString, integer, members, octets, oid, readDer, readInteger, readOid, sequence, setOf, tags, time } from './der.ts'

test('lengths of every size are written as short as DER wants and read back', () => {
  const heads = { 0: '0400', 127: '047f', 128: '048180', 255: '0481ff', 256: '04820100', 65_536: '0483010000' }
  for (const [length, head] of Object.entries(heads)) {
    const written = octets(Buffer.alloc(Number(length), 7))
    expect(written.subarray(0, head.length / 2).toString('hex')).toBe(head)
    expect(readDer(written).content.length).toBe(Number(length))
  }
})

test('a number keeps its sign: a leading zero where the first bit is set, none else', () => {
  expect(integer(0).toString('hex')).toBe('020100')
  expect(integer(127).toString('hex')).toBe('02017f')
  expect(integer(128).toString('hex')).toBe('02020080')
  expect(integer(10_000).toString('hex')).toBe('02022710')
  expect(integer(Buffer.from('0000ff', 'hex')).toString('hex')).toBe('020200ff')
  expect(readInteger(readDer(integer(10_000)))).toBe(10_000)
})

test('object identifiers survive, large arcs included', () => {
  for (const id of ['1.2.840.113549.1.12.10.1.2', '2.16.840.1.113894.746875.1.1', '2.5.29.37.0', '1.3.14.3.2.26']) expect(readOid(readDer(oid(id)))).toBe(id)
  expect(oid('2.16.840.1.113894.746875.1.1').toString('hex')).toBe('060c6086480186f966adca7b0101')
})

test('a name is a PrintableString where its characters allow, else UTF-8', () => {
  expect(directoryString("Node-1 (a), b/c:d=e?'+.").readUInt8()).toBe(tags.printable)
  for (const name of ['n_1', 'a"b', 'a&b', '$', 'nöde', '☃']) {
    expect(directoryString(name).readUInt8()).toBe(tags.utf8)
    expect(readDer(directoryString(name)).content.toString('utf8')).toBe(name)
  }
})

test('times after 2049 are GeneralizedTime', () => {
  expect(time(new Date('2049-12-31T23:59:59.999Z')).toString('latin1', 2)).toBe('491231235959Z')
  expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1', 2)).toBe('20500101000000Z')
})

test('members of a set stand in the order of their bytes', () => {
  expect(setOf(integer(2), integer(1)).toString('hex')).toBe(setOf(integer(1), integer(2)).toString('hex'))
})

test('every truncation is an error of its own kind', () => {
  const whole = sequence(integer(3), sequence(oid('1.2.840.113549.1.7.1'), bits(Buffer.alloc(300))), octets(Buffer.alloc(70)))
  for (let length = 0; length < whole.length; length++) expect(() => readDer(whole.subarray(0, length))).toThrow(DerError)
  expect(members(readDer(whole))).toHaveLength(3)
})

test('lengths that are not given, tags of several bytes and the wrong kind are refused', () => {
  for (const hex of ['3080020100', '1f8101', '30850000000001']) expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow(DerError)
  expect(() => contentOf(readDer(der(tags.bmp)), tags.octets)).toThrow(DerError)
  expect(() => contentOf(undefined, tags.octets)).toThrow(DerError)
})
