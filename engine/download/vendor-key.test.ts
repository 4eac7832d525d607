import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readKey } from 'openpgp'
import { expect, onTestFinished, test } from 'vitest'
import { whyNotSigned } from './signature.ts'
import { vendorKey } from './vendor-key.ts'

test('the key that is shipped is the one that Elastic signs with', async () => {
  const { armored, fingerprint } = await vendorKey()
  const key = await readKey({ armoredKey: armored })
  expect([key.getFingerprint().toUpperCase(), fingerprint]).toEqual(['46095ACC8548582C1A2699A9D27D666CD88E42B4', '46095ACC8548582C1A2699A9D27D666CD88E42B4'])
  expect(key.getUserIDs()).toEqual(['Elasticsearch (Elasticsearch Signing Key) <dev_ops@elasticsearch.org>'])
  // It is no private one, it has not expired, and the library is content with how it vouches for itself.
  expect([key.isPrivate(), await key.getExpirationTime(), (await key.getSigningKey()).getKeyID().toHex()]).toEqual([false, Infinity, 'd27d666cd88e42b4'])
})

/** A small file that Elastic itself has signed and released, from Maven Central: what it signs archives with, in its own form. */
const released = join(import.meta.dirname, 'testing', 'elasticsearch-secure-sm-8.16.6.pom')

test('what Elastic has signed is known to be signed by it, and with one byte changed it is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-vendor-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'released')
  await copyFile(released, path)
  const asked = { path, signature: await readFile(`${released}.asc`, 'latin1'), key: await vendorKey(), signal: new AbortController().signal }
  expect(await whyNotSigned(asked)).toBeNull()
  await writeFile(path, (await readFile(released, 'latin1')).replace('8.16.6', '8.16.7'))
  expect(await whyNotSigned(asked)).toBe('its signature is for something else')
})
