import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import * as openpgp from 'openpgp'
import { pack } from 'tar-stream'
import { zipOf } from '../../../test/support/hand-made-zip.ts'
import type { Product } from '../../../shared/contract/download.ts'
import { archiveName } from '../addresses.ts'
import { buildFor } from '../builds.ts'
import type { SigningKey } from '../vendor-key.ts'
import type { ReleaseServer } from './release-server.ts'

/** A key made for a test, which signs as the vendor's does. */
export interface TestKey {
  readonly key: SigningKey
  sign(content: Buffer): Promise<string>
}

export async function testKey(): Promise<TestKey> {
  const { privateKey, publicKey } = await openpgp.generateKey({ type: 'ecc', userIDs: [{ name: 'Test', email: 'test@example.com' }], format: 'object' })
  return {
    key: { armored: publicKey.armor(), fingerprint: publicKey.getFingerprint().toUpperCase() },
    sign: async (content) => openpgp.sign({ message: await openpgp.createMessage({ binary: content }), signingKeys: privateKey, detached: true }),
  }
}

/** The smallest home that counts as one, for the system that this runs on; with so many bytes that no packing makes less. */
export async function smallArchive(product: Product, version = '9.4.3', bytes = 300_000, more: readonly { readonly name: string; readonly content: Buffer }[] = []): Promise<Buffer> {
  const top = `${product}-${version}`
  const heavy = { name: `${top}/heavy.bin`, content: randomBytes(bytes) }
  const parts =
    product === 'kibana'
      ? [
          { name: `${top}/package.json`, content: Buffer.from(JSON.stringify({ name: 'kibana', version })) },
          { name: `${top}/bin/kibana`, content: Buffer.from('#!/bin/sh\n') },
          { name: `${top}/bin/kibana.bat`, content: Buffer.from('') },
        ]
      : [
          { name: `${top}/lib/elasticsearch-${version}.jar`, content: Buffer.from('jar') },
          { name: `${top}/bin/elasticsearch`, content: Buffer.from('#!/bin/sh\n') },
          { name: `${top}/bin/elasticsearch.bat`, content: Buffer.from('') },
          { name: `${top}/modules/x-pack-security/plugin.jar`, content: Buffer.from('plugin') },
        ]
  const all = [...parts, heavy, ...more.map(({ name, content }) => ({ name: `${top}/${name}`, content }))]
  // Stored text alone goes through the hand-made zip: in latin1 the heavy bytes stay what they are to a checksum.
  if (buildFor().ending === 'zip') return zipOf(all.map(({ name, content }) => ({ name, content: content.toString('latin1') })))
  const packed = pack()
  for (const { name, content } of all) packed.entry({ name, mode: name.includes('/bin/') ? 0o755 : 0o644 }, content)
  packed.finalize()
  return gzipSync(await buffer(packed), { level: 1 })
}

/** Puts an archive on a server, with its checksum, its signature and the list of versions; gives the path of the archive there. */
export async function release(server: ReleaseServer, key: TestKey, archive: Buffer, { product = 'elasticsearch', version = '9.4.3' }: { product?: Product; version?: string } = {}): Promise<string> {
  const name = archiveName(product, version, buildFor())
  const path = `/downloads/${product}/${name}`
  server.files.set(path, archive)
  server.files.set(`${path}.sha512`, Buffer.from(`${createHash('sha512').update(archive).digest('hex')}  ${name}\n`))
  server.files.set(`${path}.asc`, Buffer.from(await key.sign(archive)))
  server.files.set('/releases/stack.json', Buffer.from(JSON.stringify({ releases: [{ version: '8.16.6' }, { version: '9.4.0-rc1' }, { version }, { version: '7.17.29' }], updated: 1 })))
  return path
}
