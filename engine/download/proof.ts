import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Progress } from '../../shared/contract/target.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import { withoutAccount } from './addresses.ts'
import { readChecksum, sha512Of } from './checksum.ts'
import { fetchText } from './fetch-text.ts'
import type { Network } from './network.ts'
import { paced } from './pace.ts'
import { whyNotSigned } from './signature.ts'
import type { SigningKey } from './vendor-key.ts'

/** What an archive is checked by; null: that is not there. */
export interface Proof {
  readonly sha512: string | null
  readonly signature: string | null
}

const mostText = 64 * 1024

/**
 * What lies beside an archive on the way: its checksum and its signature, both of them. Problems: `download_unproved`, `download_web_page` and those of `get`.
 */
export async function fetchProof(address: string, asked: { readonly network: Network; readonly signal: AbortSignal }): Promise<Proof> {
  const name = basename(new URL(address).pathname)
  const shown = withoutAccount(address)
  const fetched = async (ending: string, what: string): Promise<string> =>
    fetchText(`${address}${ending}`, { ...asked, most: mostText }).catch((thrown: unknown) => {
      if (thrown instanceof Problem && thrown.code === 'download_not_there') throw problem('download_unproved', { address: `${shown}${ending}`, what }, { cause: thrown })
      throw thrown
    })
  const sha512 = readChecksum(await fetched('.sha512', 'checksum'), name)
  if (sha512 === null) throw problem('download_unproved', { address: `${shown}.sha512`, what: `SHA-512 of ${name}` })
  return { sha512, signature: await fetched('.asc', 'signature') }
}

/** What lies beside an archive that a person has; either may be missing. Problem: `download_checksum_unread`. */
export async function proofBeside(archive: string): Promise<Proof> {
  const [checksum, signature] = await Promise.all(['.sha512', '.asc'].map((ending) => readFile(`${archive}${ending}`, 'utf8').catch(missing)))
  if (typeof checksum !== 'string') return { sha512: null, signature: signature ?? null }
  const sha512 = readChecksum(checksum, basename(archive))
  if (sha512 === null) throw problem('download_checksum_unread', { file: `${archive}.sha512`, why: `it says nothing of ${basename(archive)}` })
  return { sha512, signature: signature ?? null }
}

function missing(thrown: NodeJS.ErrnoException): null {
  if (thrown.code === 'ENOENT') return null
  throw thrown
}

/**
 * Checks an archive by its proof, and gives in sentences what was checked and what could not be. `isOurs`: it was downloaded, and whoever calls removes it where this fails.
 * Problems: `download_checksum`, `download_signature`.
 */
export async function check(asked: {
  readonly archive: string
  readonly name: string
  readonly proof: Proof
  readonly key: SigningKey
  readonly isOurs: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}): Promise<string[]> {
  const { archive, name, proof, key, isOurs, signal, onProgress } = asked
  const tell = paced(onProgress)
  const { size } = await stat(archive)
  const onBytes = (text: string) => (done: number) => tell(text, done, size)
  if (proof.sha512 !== null && (await sha512Of(archive, signal, onBytes(`Checking the SHA-512 of ${name}`))) !== proof.sha512) throw problem('download_checksum', { name, removed: isOurs })
  if (proof.signature !== null) {
    const why = await whyNotSigned({ path: archive, signature: proof.signature, key, signal, onBytes: onBytes(`Checking the signature of ${name}`) })
    if (why !== null) throw problem('download_signature', { name, why, removed: isOurs })
  }
  return [
    proof.sha512 === null ? `Its SHA-512 could not be checked: there is no ${name}.sha512 beside it.` : 'Its SHA-512 is the one it should have.',
    proof.signature === null ? `Its signature could not be checked: there is no ${name}.asc beside it.` : `It is signed with Elastic's key (${key.fingerprint.slice(-16)}).`,
  ]
}
