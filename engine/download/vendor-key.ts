import { readFile } from 'node:fs/promises'
import { shippedFile } from './shipped-file.ts'

/** The file that the vendor's public key lies in, beside the program. */
const vendorKeyFile = 'elastic-release-key.asc'

/** A public key that archives are signed with, and the fingerprint that it must have. */
export interface SigningKey {
  readonly armored: string
  readonly fingerprint: string
}

/** The key that Elastic signs its releases with. The file can be exchanged; what it must be cannot. */
export async function vendorKey(): Promise<SigningKey> {
  const path = await shippedFile(vendorKeyFile)
  if (path === null) throw new Error(`${vendorKeyFile} is missing beside the program.`)
  return { armored: await readFile(path, 'latin1'), fingerprint: '46095ACC8548582C1A2699A9D27D666CD88E42B4' }
}
