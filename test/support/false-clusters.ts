import { generateKeyPair, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { makeHttpCertificate, makeNodeCertificates, toPem } from '../../engine/security/certificates.ts'
import { beginKeys } from '../../engine/security/keys.ts'

/** A server that says it is a cluster. */
export interface FalseCluster {
  readonly url: string
  /** of the CA that its certificate names */
  readonly caPem: string
  /** whether somebody sent it a login since this was asked last */
  gotLogin(): boolean
  close(): Promise<void>
}

/**
 * Somebody in between, who has the certificate of the cluster's CA, which is no secret, and not its key. Presents a certificate that names the CA as its issuer, by name and key identifier,
 * but was signed by somebody else; and the CA's own certificate behind it.
 */
export async function inBetween(caPem: string, version: string): Promise<FalseCluster> {
  const ca = new X509Certificate(caPem)
  const [own, leaf] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })]
  const name = ca.subject.replace(/^CN=/, '')
  const certificate = await makeHttpCertificate({ key: leaf.publicKey, issuer: { name, keys: { publicKey: ca.publicKey, privateKey: own.privateKey } }, nodeName: 'n1', names: ['localhost'], now: new Date() })
  return serve({ key: leaf.privateKey, certificate, caPem, version })
}

/** One whose certificate its own CA has signed, which has the same name as that of any other node; it answers for the host that it is reached by. */
export function ofSameName(version: string): Promise<FalseCluster> {
  return ofItsOwnCa(version, 'localhost')
}

/** One whose certificate its own CA has signed, but for another host than it is reached by. */
export function ofAnotherName(version: string): Promise<FalseCluster> {
  return ofItsOwnCa(version, 'elsewhere.example')
}

async function ofItsOwnCa(version: string, name: string): Promise<FalseCluster> {
  const keys = await beginKeys({ make: () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) }).ready
  const { http, httpCa } = await makeNodeCertificates({ keys, nodeName: 'n1', names: [name], now: new Date() })
  return serve({ key: keys.http.privateKey, certificate: http, caPem: toPem(httpCa), version })
}

async function serve({ key, certificate, caPem, version }: { key: KeyObject; certificate: Buffer; caPem: string; version: string }): Promise<FalseCluster> {
  const answer = { name: 'n1', cluster_name: 'elasticsearch', cluster_uuid: 'nX2s-k1TQ6q0dT9wAAAAAA', tagline: 'You Know, for Search', version: versionOf(version) }
  let login = false
  const server = createServer({ key: key.export({ type: 'pkcs8', format: 'pem' }), cert: `${toPem(certificate)}${caPem}` }, (request, response) => {
    login ||= request.headers.authorization !== undefined
    response.writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    caPem,
    gotLogin: () => {
      const got = login
      login = false
      return got
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}

function versionOf(number: string): Readonly<Record<string, string | boolean>> {
  const past = { minimum_wire_compatibility_version: '7.17.0', minimum_index_compatibility_version: '7.0.0' }
  return { number, build_flavor: 'default', build_type: 'tar', build_hash: 'none', build_date: '2026-01-01T00:00:00Z', build_snapshot: false, lucene_version: '10.0.0', ...past }
}
