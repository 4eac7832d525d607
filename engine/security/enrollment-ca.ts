import { problem } from '../../shared/problems/problem.ts'
import { fingerprintOf } from './certificates.ts'
import { readHttpTls, type AskedTls } from './http-tls.ts'

/**
 * The SHA-256 (lower-case hex) of the authority that a token names: the one whose private key lies in the HTTP keystore, as stock's own tool and the enrollment API demand it. A node
 * that has its certificate from PEM files, or no key of an authority, was not auto-configured and lets nobody enrol. Problems: `not_auto_configured`, those of `readHttpTls`.
 */
export async function readEnrollmentCa(asked: AskedTls): Promise<string> {
  const { home } = asked.installation
  const { kind, path, withKey } = await readHttpTls(asked)
  if (kind === 'pem') throw problem('not_auto_configured', { home, why: `its HTTPS has its certificate from ${path}, not from a keystore` })
  const [first, ...more] = withKey.filter(({ ca }) => ca)
  if (first === undefined) throw problem('not_auto_configured', { home, why: `${path} does not hold the private key of the certificate authority` })
  if (more.length > 0) throw problem('not_auto_configured', { home, why: `${path} holds the private keys of ${more.length + 1} certificate authorities, where there may be one` })
  return fingerprintOf(first.raw)
}
