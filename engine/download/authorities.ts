import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as tls from 'node:tls'
import { problem } from '../../shared/problems/problem.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

/**
 * The authorities that vouch for who is downloaded from, as PEM: Node's own, the system's (where this Node can read them: from 22.15 on), those of
 * NODE_EXTRA_CA_CERTS, and those in `file`, a company's own. Problem: `download_authority`.
 */
export async function authorities(file: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const extra = env.NODE_EXTRA_CA_CERTS ? await readAuthorities(env.NODE_EXTRA_CA_CERTS).catch(() => []) : []
  const company = file === undefined ? [] : await readAuthorities(file)
  return [...new Set([...tls.rootCertificates, ...systemAuthorities(), ...extra, ...company])]
}

async function readAuthorities(file: string): Promise<string[]> {
  const text = await readFile(file, 'latin1').catch((thrown: NodeJS.ErrnoException) => {
    throw problem('download_authority', { file, why: whyUnreadable(thrown) })
  })
  const found = certificatesIn(text)
  if (found.length === 0) throw problem('download_authority', { file, why: 'there is no -----BEGIN CERTIFICATE----- in it' })
  for (const pem of found) {
    try {
      void new X509Certificate(pem)
    } catch {
      throw problem('download_authority', { file, why: 'one of its certificates is damaged' })
    }
  }
  return found
}

const begin = '-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'

function certificatesIn(text: string): string[] {
  const found: string[] = []
  for (let from = text.indexOf(begin); from !== -1; ) {
    const to = text.indexOf(end, from + begin.length)
    if (to === -1) break
    found.push(text.slice(from, to + end.length))
    from = text.indexOf(begin, to)
  }
  return found
}

function systemAuthorities(): string[] {
  // An older Node, and Electron's, have no such call or no such store.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'system') => string[] }
  try {
    return getCACertificates?.('system') ?? []
  } catch {
    return []
  }
}
