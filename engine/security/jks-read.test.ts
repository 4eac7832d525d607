import { createPublicKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { isJks, readJks } from './jks-read.ts'
import type { Store } from './pkcs12-read.ts'
import { codeOf } from './testing/code-of.ts'
import { jksPasswords, jksStores } from './testing/jks-stores.ts'

const open = (bytes: Uint8Array, password: string, keyPassword = password): Store =>
  readJks(bytes, { password: new Secret(password), keyPassword: new Secret(keyPassword), path: 'node.jks' })
const codeOfOpening = (...asked: Parameters<typeof open>): Promise<string> => codeOf(() => Promise.resolve().then(() => open(...asked)))

test('keys are opened and stand beside their own certificate, with the chain above it', () => {
  const { keys, certificates } = open(jksStores.node, jksPasswords.store)
  expect(new Set(keys.map(({ alias }) => alias))).toEqual(new Set(['http', 'http_ca']))
  expect(certificates).toHaveLength(3)
  for (const { keyId, key } of keys) {
    const own = certificates.filter((one) => one.keyId === keyId)
    expect(own).toHaveLength(1)
    const spoken = [createPublicKey(key), new X509Certificate(own[0]?.certificate ?? Buffer.alloc(0)).publicKey].map((one) => one.export({ type: 'spki', format: 'der' }).toString('hex'))
    expect(spoken[0]).toBe(spoken[1])
  }
})

test('keys with a password of their own are opened with that', async () => {
  expect(open(jksStores.otherKeyPassword, jksPasswords.store, jksPasswords.otherKey).keys).toHaveLength(2)
  expect(await codeOfOpening(jksStores.otherKeyPassword, jksPasswords.store)).toBe('store_wrong_key_password')
})

test('trusted certificates are told apart, and a password may have umlauts', () => {
  expect(open(jksStores.trust, jksPasswords.trust)).toMatchObject({ keys: [], certificates: [{ alias: 'ca', keyId: null, trusted: true }] })
})

test('a wrong password, a changed byte and a cut file are refused, each byte and each length of them', async () => {
  expect(await codeOfOpening(jksStores.node, 'wrong')).toBe('store_wrong_password')
  for (let at = 4; at < jksStores.trust.length; at++) {
    const changed = Buffer.from(jksStores.trust)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await codeOfOpening(changed, jksPasswords.trust)).toBe('store_wrong_password')
    expect(['store_torn', 'store_wrong_password']).toContain(await codeOfOpening(jksStores.trust.subarray(0, at), jksPasswords.trust))
  }
})

test('a store is told by its first bytes', () => {
  expect(isJks(jksStores.node)).toBe(true)
  expect(isJks(Buffer.from('3082', 'hex'))).toBe(false)
  expect(isJks(Buffer.from('cececece00000002', 'hex'))).toBe(false)
})
