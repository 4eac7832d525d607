import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Refusal } from './admission.ts'

const mostBytes = 1024
const exchange = z.object({ token: z.string().min(1).max(256) })

/** The one-time token in the body of `POST /session`, or why the body is refused (413, 415, 400). */
export async function readToken(request: IncomingMessage): Promise<string | NonNullable<Refusal>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { status: 415, sentence: 'Send the token as JSON.' }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return { status: 413, sentence: 'That is too long for a token.' }
    chunks.push(chunk)
  }
  try {
    return exchange.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).token
  } catch {
    return { status: 400, sentence: 'Send {"token": "…"}.' }
  }
}
