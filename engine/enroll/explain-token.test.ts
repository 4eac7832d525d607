import { expect, test } from 'vitest'
import { confirmToken, explainToken } from './explain-token.ts'

const token = { ver: '8.14.0', adr: ['10.0.0.4:9200', '10.0.0.4:9200'], fgr: 'AB'.repeat(32) }

test('when a token was made, and so when it ends, is read from the id of its key, as Elasticsearch 9.4.3 made it', () => {
  // POST /_security/api_key answered with this id at that time.
  const madeAt = Date.parse('2026-11-25T09:54:27.956Z')
  expect(explainToken({ ...token, key: 'UUcgEqIBrm-th7trx-b0:secret' })).toEqual({
    addresses: ['10.0.0.4:9200'],
    caFingerprint: 'ab'.repeat(32),
    version: '8.14.0',
    madeAt,
    expiresAt: madeAt + 1_800_000,
    confirmed: false,
  })
})

test('an id of another form tells no time, and the key is never part of what is said', () => {
  const said = explainToken({ ...token, key: 'my-own-id:very-secret' })
  expect(said).toMatchObject({ madeAt: null, expiresAt: null })
  expect(JSON.stringify(said)).not.toContain('secret')
})

test.each([
  ['the lifetime that the cluster tells', { api_keys: [{ creation: 1000, expiration: 6000 }] }, { madeAt: 1000, expiresAt: 6000, confirmed: true }],
  ['no end where the key has none', { api_keys: [{ creation: 1000 }] }, { madeAt: 1000, expiresAt: null, confirmed: true }],
  ['the usual lifetime, not confirmed, where the cluster does not tell', { error: {} }, { confirmed: false }],
])('a token that is used has %s', async (_, json, wanted) => {
  const asked: string[] = []
  const ask = ({ path }: { readonly path: string }) => {
    asked.push(path)
    return Promise.resolve({ status: 200, json })
  }
  expect(await confirmToken({ ...token, key: 'UUcgEqIBrm-th7trx-b0:secret' }, { ask })).toMatchObject(wanted)
  expect(asked).toEqual(['/_security/api_key?id=UUcgEqIBrm-th7trx-b0'])
})
