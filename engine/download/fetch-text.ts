import { get } from './get.ts'
import type { Network } from './network.ts'
import { refuse } from './fetch-file.ts'
import { within } from '../network/within.ts'
import { whyUnfetched } from './why-unfetched.ts'

/** Fetches a small text; what is longer than `most` bytes is cut there. Problems: as of `fetchFile`, but that nothing is tried again. */
export async function fetchText(address: string, asked: { readonly network: Network; readonly signal: AbortSignal; readonly most: number }): Promise<string> {
  return within(asked.network.withinMs, asked.signal, (signal) => fetchWhole(address, { ...asked, signal })).catch((thrown: unknown) => {
    throw asked.signal.aborted ? thrown : whyUnfetched(thrown, new URL(address), null)
  })
}

async function fetchWhole(address: string, { network, signal, most }: Parameters<typeof fetchText>[1]): Promise<string> {
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
  } finally {
    answer.body.drop()
  }
}
