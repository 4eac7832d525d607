import { readKey } from 'openpgp'
import { expect, test } from 'vitest'
import { vendorKey } from './vendor-key.ts'

test('the key that is shipped is the one that Elastic signs with', async () => {
  const { armored, fingerprint } = await vendorKey()
  const key = await readKey({ armoredKey: armored })
  expect([key.getFingerprint().toUpperCase(), fingerprint]).toEqual(['46095ACC8548582C1A2699A9D27D666CD88E42B4', '46095ACC8548582C1A2699A9D27D666CD88E42B4'])
  expect(key.getUserIDs()).toEqual(['Elasticsearch (Elasticsearch Signing Key) <dev_ops@elasticsearch.org>'])
  // It is no private one, it has not expired, and the library is content with how it vouches for itself.
  expect([key.isPrivate(), await key.getExpirationTime(), (await key.getSigningKey()).getKeyID().toHex()]).toEqual([false, Infinity, 'd27d666cd88e42b4'])
})
