import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'

/** The bytes of a `kibana.keystore` as `kibana-keystore` writes them: 1, a colon, and in base64 the salt, the nonce, the tag and what was encrypted. */
export function kibanaKeystoreFile(entries: Readonly<Record<string, unknown>>, password = ''): string {
  const [salt, nonce] = [randomBytes(64), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync(password, salt, 10_000, 32, 'sha512'), nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(entries), 'utf8'), cipher.final()])
  return `1:${Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64')}`
}
