import { get } from './get.ts'
import type { Network } from './network.ts'
import { refuse } from './fetch-file.ts'
import { whyUnfetched } from './why-unfetched.ts'

/** Fetches a small text; what is longer than `most` bytes is cut there. Problems: as of `fetchFile`, but that nothing is tried again. */
export async function fetchText(address: string, asked: { readonly network: Network; readonly signal: AbortSignal; readonly most: number }): Promise<string> {
  const { network, signal, most } = asked
  const answer = await get(address, { network, signal })
  try {
    refuse(answer, address)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of answer.body.chunks()) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > most) break
    }
    return Buffer.concat(chunks).subarray(0, most).toString('utf8')
  } catch (thrown) {
    throw signal.aborted ? thrown : whyUnfetched(thrown, new URL(address), null)
  } finally {
    answer.body.drop()
  }
}
