import type { ClientSnippets } from '../../shared/contract/clients.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { fleetNeedsNothing } from '../../shared/clients/agent.ts'
import { placeholderNode } from '../../shared/clients/client-node.ts'
import { nowWhat } from '../../shared/clients/now-what.ts'
import { snippetsFor } from '../../shared/clients/snippets.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { findNode } from '../node/find-node.ts'
import { readHttpCa, refuseIncomplete } from '../security/http-ca.ts'
import { requiresCertificate, settingsOf } from '../security/http-tls.ts'
import { addressOf } from './address-of.ts'
import { clientAddress } from './client-address.ts'
import { refuseWithoutTls } from './way-to-start.ts'

/**
 * How every client connects to the node of `target`, which need not run: its settings and its CA say all of it. Without a target with placeholders. Problems: those of `inspect`,
 * `not_configured`, `no_client_tls`, `no_client_address`, `http_ca_incomplete`, those of `readHttpCa`.
 */
export async function clientSnippetsOf(target: NodeTarget | null, asked: { url: string | undefined; keystorePassword: Secret | undefined }): Promise<ClientSnippets> {
  if (target === null) {
    const { url, notes } = clientAddress(asked.url ?? placeholderNode.url, null)
    return answer({ ...placeholderNode, url }, { placeholders: true, addresses: [], sentences: [...notes, 'Placeholders stand where a node has its own address, fingerprint and CA file: name its folder for a snippet that runs as it is.'] })
  }
  const installation = await inspect(target)
  const node = await findNode(installation)
  const known = await addressOf(installation, node)
  await refuseWithoutTls(installation, known)
  const tls = { installation, keystorePassword: asked.keystorePassword ?? null }
  const ca = await readHttpCa(tls)
  refuseIncomplete(ca)
  const { url, notes } = clientAddress(asked.url ?? known.url, ca.sans, { chosen: asked.url !== undefined })
  const demands = requiresCertificate(await settingsOf(tls)) ? [clientCertificateWords()] : []
  const sentences = [...(node === null ? [stopped(installation)] : []), ...demands, ...notes]
  const { port } = new URL(url)
  const client = { url, caFingerprint: ca.fingerprint, caCertificate: ca.path, version: installation.version, windows: process.platform === 'win32' }
  return answer(client, { placeholders: false, addresses: ca.sans.filter((san) => !san.includes('*')).map((san) => `https://${san.includes(':') ? `[${san}]` : san}:${port}`), sentences })
}

function answer(node: Parameters<typeof snippetsFor>[0], more: Pick<ClientSnippets, 'placeholders' | 'addresses' | 'sentences'>): ClientSnippets {
  const { url, caFingerprint, caCertificate } = node
  return { clients: snippetsFor(node), url, caFingerprint, caCertificate, ...more, fleet: fleetNeedsNothing, links: [...nowWhat] }
}

/** That clients of the node need a certificate of their own, and what to do. */
export function clientCertificateWords(): string {
  const { message, remedy } = problem('clients_need_certificate', {})
  return `${message} ${remedy}`
}

function stopped({ home }: Installation): string {
  return `No node of ${home} runs. What is here comes from its settings, and works when it has been started.`
}
