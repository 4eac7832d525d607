import { createPrivateKey, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import type { ClusterIdentity } from '../security/enrolled-files.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/_-]+=*$/)
const answer = z.object({
  http_ca_key: base64,
  http_ca_cert: base64,
  transport_ca_cert: base64,
  transport_key: base64,
  transport_cert: base64,
  nodes_addresses: z.array(z.string().regex(/^(?:\[[0-9a-fA-F:.%\w]+\]|[^\s[\]/:]+):0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/)).min(1),
})

/** What `GET /_security/enroll/node` gave. */
export interface EnrollAnswer {
  readonly identity: ClusterIdentity
  /** transport addresses of all nodes that are there, host:port */
  readonly nodesAddresses: readonly string[]
}

/** Reads the answer of `_security/enroll/node`. Problem: `enroll_answer_unreadable`; never with a word of what it says. */
export function readEnrollAnswer(json: unknown): EnrollAnswer {
  const parsed = answer.safeParse(json)
  if (!parsed.success) throw problem('enroll_answer_unreadable', { what: String(parsed.error.issues[0]?.path[0] ?? 'its form') })
  const { http_ca_key, http_ca_cert, transport_ca_cert, transport_key, transport_cert, nodes_addresses } = parsed.data
  return {
    identity: {
      httpCaKey: keyIn('http_ca_key', http_ca_key),
      httpCa: certificateIn('http_ca_cert', http_ca_cert),
      transportKey: keyIn('transport_key', transport_key),
      transport: certificateIn('transport_cert', transport_cert),
      transportCa: certificateIn('transport_ca_cert', transport_ca_cert),
    },
    nodesAddresses: nodes_addresses,
  }
}

function keyIn(what: string, text: string): ClusterIdentity['httpCaKey'] {
  try {
    return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    throw problem('enroll_answer_unreadable', { what })
  }
}

function certificateIn(what: string, text: string): Buffer {
  const der = Buffer.from(text, 'base64')
  try {
    return new X509Certificate(der).raw
  } catch {
    throw problem('enroll_answer_unreadable', { what })
  }
}
