import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { MiB } from '../../shared/sizes.ts'
import { loadOpenPgp } from './load-openpgp.ts'
import type { SigningKey } from './vendor-key.ts'

/**
 * Whether `signature` (armored, as in a `.asc` file) is one over the file `path` by `key`; null where it is, else why not, in words.
 */
export async function whyNotSigned(asked: {
  readonly path: string
  readonly signature: string
  readonly key: SigningKey
  readonly signal: AbortSignal
  readonly onBytes?: (done: number) => void
}): Promise<string | null> {
  const { path, signature: armoredSignature, key, signal, onBytes = () => undefined } = asked
  const openpgp = await loadOpenPgp()
  const publicKey = await openpgp.readKey({ armoredKey: key.armored })
  if (publicKey.getFingerprint().toUpperCase() !== key.fingerprint) throw new Error(`The key that is shipped has the fingerprint ${publicKey.getFingerprint()}.`)
  const signature = await openpgp.readSignature({ armoredSignature }).catch(() => null)
  if (signature === null) return 'what lies beside it as its signature is none'
  const message = await openpgp.createMessage({ binary: Readable.toWeb(createReadStream(path, { highWaterMark: MiB, signal })) as ReadableStream<Uint8Array> })
  const { data, signatures } = await openpgp.verify({ message, signature, verificationKeys: publicKey, format: 'binary' })
  // It hashes what is read here: unread, it would come to lie in memory whole. The library puts a reader of its own into the stream, which iterating passes by.
  const reader = (data as unknown as ReadableStream<Uint8Array>).getReader()
  for (let done = 0, read = await reader.read(); !read.done; read = await reader.read()) {
    done += read.value.length
    onBytes(done)
  }
  signal.throwIfAborted()
  if (signatures.length === 0) return 'its signature says nothing'
  const verified = await Promise.all(signatures.map(async (one) => ({ by: one.keyID.toHex().toUpperCase(), held: await one.verified.then(() => true, () => false) })))
  if (verified.some(({ held }) => held)) return null
  const strangers = verified.filter(({ by }) => !key.fingerprint.endsWith(by))
  return strangers.length === verified.length ? `it was signed with another key (${strangers.map(({ by }) => by).join(', ')})` : 'its signature is for something else'
}
