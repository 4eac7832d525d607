import { createDecipheriv, pbkdf2 } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { notForOwner, readOwned } from '../installation/read-owned.ts'
import { flatSettings, type KibanaSettings } from './kibana-settings.ts'

/** A `kibana.keystore`: settings that win over those of `kibana.yml`. */
export type KibanaKeystore =
  | { readonly file: string; readonly settings: KibanaSettings; readonly closed: null; readonly locked: false }
  /** `closed`: why it could not be looked into; `locked`: Kibana asks for its password */
  | { readonly file: string; readonly settings: null; readonly closed: string; readonly locked: boolean }

/** Names the file that holds the password of the keystore, for a Kibana that starts without a terminal. */
export const passphraseFile = 'KBN_KEYSTORE_PASSPHRASE_FILE'

/** `VERSION:BASE64`, and in the base64 what derives the key, what the cipher begins with, what proves the text, and the text: JSON, encrypted by AES-256-GCM. */
const parts = { salt: 64, iv: 12, tag: 16 }
const derive = promisify(pbkdf2)
const iterations = 10_000

const content = z.record(z.string(), z.unknown())

/** The keystore of a Kibana, read as Kibana reads it: one in the data folder, where older ones had it, comes first. Null where there is none. Never throws. */
export async function readKibanaKeystore({ config, data }: { readonly config: string; readonly data: string }): Promise<KibanaKeystore | null> {
  for (const file of [join(data, 'kibana.keystore'), join(config, 'kibana.keystore')]) {
    if (await access(file).then(() => true, () => false)) return readAt(file)
  }
  return null
}

async function readAt(file: string): Promise<KibanaKeystore> {
  const bytes = await readOwned(file).catch((thrown: unknown) => (thrown as NodeJS.ErrnoException).code ?? '')
  if (typeof bytes === 'string') return { file, settings: null, closed: whyUnread[bytes] ?? 'the system does not give it', locked: false }
  const settings = await openedWithoutPassword(bytes)
  // Kibana takes whatever it cannot decrypt for one with a password.
  return settings === null ? { file, settings: null, closed: 'it has a password', locked: true } : { file, settings, closed: null, locked: false }
}

const whyUnread: Readonly<Record<string, string>> = { EACCES: 'this account may not read it', EPERM: 'this account may not read it', EISDIR: 'it is no file', [notForOwner]: 'the account that owns its folder may not read it' }

async function openedWithoutPassword(bytes: Buffer): Promise<KibanaSettings | null> {
  const sealed = Buffer.from(bytes.toString('utf8').split(':')[1] ?? '', 'base64')
  const [afterSalt, afterIv, afterTag] = [parts.salt, parts.salt + parts.iv, parts.salt + parts.iv + parts.tag]
  if (sealed.length < afterTag) return null
  const key = await derive('', sealed.subarray(0, afterSalt), iterations, 32, 'sha512')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(afterSalt, afterIv)).setAuthTag(sealed.subarray(afterIv, afterTag))
    return flatSettings(content.parse(JSON.parse(decipher.update(sealed.subarray(afterTag), undefined, 'utf8') + decipher.final('utf8'))))
  } catch {
    return null
  }
}
