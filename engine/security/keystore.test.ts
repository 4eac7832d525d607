import { inspect } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { crc32 } from './crc32.ts'
import { formatOfInstallation } from './keystore-format.ts'
import { readKeystore, writeKeystore } from './keystore.ts'
import { SecretBytes } from './secret-bytes.ts'
import { codeOf } from './testing/code-of.ts'

const entries = new Map([
  ['keystore.seed', SecretBytes.of(new Secret('abc'))],
  ['a.text', SecretBytes.of(new Secret('hunter2 ☃'))],
  ['a.file', new SecretBytes(Buffer.from([0, 255, 1, 254, 10]))],
  ['empty', new SecretBytes(Buffer.alloc(0))],
])
const password = new Secret('pässwörd ☃')
// of the version that is opened the fastest
let plain: Buffer = Buffer.alloc(0)
let locked: Buffer = Buffer.alloc(0)

beforeAll(async () => {
  plain = await writeKeystore({ version: 5, entries })
  locked = await writeKeystore({ version: 5, entries, password })
})

test.each([3, 4, 5, 6, 7])('version %i keeps every entry byte for byte, with a password and without', async (version) => {
  for (const given of [null, password]) {
    const read = await readKeystore(await writeKeystore({ version, entries, password: given }), { password: given })
    expect(read).toMatchObject({ version, hasPassword: given !== null })
    expect([...read.entries].map(([name, value]) => [name, value.reveal().toString('hex')])).toEqual([...entries].map(([name, value]) => [name, value.reveal().toString('hex')]))
  }
})

test('the frame stands as Lucene writes it', () => {
  expect(plain.subarray(0, 31).toString('hex')).toBe(`3fd76c1716${Buffer.from('elasticsearch.keystore').toString('hex')}00000005`)
  expect(plain.at(31)).toBe(0)
  expect(locked.at(31)).toBe(1)
  expect(plain.readInt32LE(32)).toBe(plain.length - 36 - 16)
  expect(plain.readInt32LE(36)).toBe(64)
  expect(plain.readInt32LE(104)).toBe(12)
  expect(plain.subarray(-16, -8).toString('hex')).toBe('c02893e800000000')
  expect(plain.readBigUInt64BE(plain.length - 8)).toBe(BigInt(crc32(plain.subarray(0, -8))))
})

test('lengths in version 4 are big-endian', async () => {
  expect((await writeKeystore({ version: 4, entries })).readInt32BE(36)).toBe(64)
})

test('the checksum is that of zip', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
})

test('cut off anywhere it is torn', async () => {
  for (let length = 0; length < plain.length; length++) expect([String(length), await codeOf(() => readKeystore(plain.subarray(0, length)))]).toEqual([String(length), 'keystore_torn'])
})

test('with any byte changed it is torn, and so it is with something behind its end', async () => {
  for (let at = 0; at < plain.length; at++) {
    const bent = Buffer.from(plain)
    bent[at] = (bent[at] ?? 0) ^ 0x10
    expect([String(at), await codeOf(() => readKeystore(bent))]).toEqual([String(at), 'keystore_torn'])
  }
  expect(await codeOf(() => readKeystore(Buffer.concat([plain, Buffer.alloc(1)])))).toBe('keystore_torn')
})

test('a wrong checksum says so', async () => {
  const bent = Buffer.from(plain)
  bent.writeUInt32BE(1, bent.length - 4)
  await expect(readKeystore(bent)).rejects.toThrow('its checksum is wrong')
})

test('whatever a right checksum is put on, it is told as a problem', async () => {
  for (let at = 27; at < plain.length - 16; at += 3) {
    const bent = Buffer.from(plain)
    bent[at] = (bent[at] ?? 0) ^ 0x81
    bent.writeUInt32BE(crc32(bent.subarray(0, -8)), bent.length - 4)
    expect(['keystore_torn', 'keystore_unknown_version', 'keystore_locked']).toContain(await codeOf(() => readKeystore(bent)))
  }
})

test('a password that is missing, wrong or not needed', async () => {
  expect(await codeOf(() => readKeystore(locked))).toBe('keystore_locked')
  expect(await codeOf(() => readKeystore(locked, { password: new Secret('wrong') }))).toBe('keystore_wrong_password')
  expect(await codeOf(() => readKeystore(locked, { password }))).toBe('none')
  expect(await codeOf(() => readKeystore(plain, { password }))).toBe('none')
})

test('a version that this Elasticsearch does not read is refused', async () => {
  const newer = await writeKeystore({ version: 7, entries })
  expect(await codeOf(() => readKeystore(newer, { newest: 6 }))).toBe('keystore_unknown_version')
})

test('each Elasticsearch has its version of the format', () => {
  const table = { '8.0.0': 5, '8.13.4': 5, '8.14.0': 6, '8.16.6': 6, '8.17.9': 6, '8.18.0': 7, '8.19.2': 7, '9.0.0': 7, '9.4.3': 7, '10.0.0-SNAPSHOT': 7 }
  for (const [version, format] of Object.entries(table)) expect([version, formatOfInstallation({ version })]).toEqual([version, format])
})

test('no value of it can be printed by accident', async () => {
  const read = await readKeystore(plain)
  for (const printed of [inspect(read, { depth: 9 }), JSON.stringify([...read.entries]), String(read.entries.get('a.text'))]) {
    expect(printed).not.toContain('hunter2')
    expect(printed).not.toContain(Buffer.from('hunter2').toString('hex').replaceAll(/../g, '$& ').trim())
  }
})
