import type { Installation } from '../../shared/contract/installation.ts'
import type { ShownNode } from '../../shared/contract/node.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readHttpCa, readStorePasswords } from '../security/http-ca.ts'
import { requiresCertificate, settingsOf } from '../security/http-tls.ts'
import { addressOf } from './address-of.ts'
import { refuseUnfinished } from './refuse-unfinished.ts'
import { tellProblem } from './tell-problem.ts'
import { refuseWithoutTls } from './way-to-start.ts'

/** What a configured node has to show. Problems: that of unfinished work, `not_configured`, `no_client_tls`, and those of the keystore and the stores. */
export async function showNode(installation: Installation, keystorePasswords: boolean, keystorePassword: Secret | undefined): Promise<ShownNode> {
  // What is shown may be put back: certificates of half a setup are nothing to trust.
  refuseUnfinished(installation)
  const address = await addressOf(installation)
  await refuseWithoutTls(installation, address)
  const { url } = address
  const asked = { installation, ...(keystorePassword === undefined ? {} : { keystorePassword }) }
  const ca = await readHttpCa(asked)
  const incomplete = ca.missingIssuer === null ? null : tellProblem(problem('http_ca_incomplete', { path: ca.path, missing: ca.missingIssuer }))
  const demands = requiresCertificate(await settingsOf(asked)) ? tellProblem(problem('clients_need_certificate', {})) : null
  const passwords = keystorePasswords ? await readStorePasswords(asked) : null
  return {
    url,
    caFingerprint: incomplete === null ? ca.fingerprint : null,
    caCertificate: incomplete === null ? ca.path : null,
    caPem: incomplete === null ? ca.pem : null,
    caValidUntil: incomplete === null ? ca.validUntil : null,
    certificateValidUntil: ca.leafValidUntil,
    ...(incomplete === null ? {} : { caTrouble: incomplete }),
    ...(demands === null ? {} : { clientCertificates: demands }),
    addresses: [...ca.sans],
    keystorePasswords: passwords === null ? null : { http: passwords.http?.reveal() ?? null, transport: passwords.transport?.reveal() ?? null },
    ...(installation.unfinished === undefined ? {} : { unfinished: installation.unfinished }),
  }
}
