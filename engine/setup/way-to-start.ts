import type { Installation } from '../../shared/contract/installation.ts'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { isConfigured } from '../preflight/configured.ts'
import { readCalledNode } from '../security/http-ca.ts'
import { addressOf } from './address-of.ts'
import { newHandover, type Handover } from './live-setup.ts'

/** How a configured node is started: with what its HTTPS is proved by, or, where that cannot be proved, with a sentence that says why. */
export type WayToStart = { readonly kind: 'configured'; readonly handover: Handover } | { readonly kind: 'as-is'; readonly note: string }

/**
 * How the node of this home is started, by what its settings say of security. Without TLS for clients, or with one whose authority is not known
 * here, nothing but an answer can be proved. Problems: `not_configured`, those of the keystore and of the stores.
 */
export async function wayToStart(installation: Installation, keystorePassword: Secret | null): Promise<WayToStart> {
  const { url, secured } = await addressOf(installation)
  if (!secured) {
    await refuseUnconfigured(installation)
    return { kind: 'as-is', note: 'Its settings turn on no TLS for clients, so nothing is proved but that its port answers.' }
  }
  try {
    const called = await readCalledNode({ installation, keystorePassword })
    return { kind: 'configured', handover: newHandover(url, called, null) }
  } catch (thrown) {
    if (!(thrown instanceof Problem) || (thrown.code !== 'http_ca_unknown' && thrown.code !== 'store_unsupported')) throw thrown
    return { kind: 'as-is', note: `${thrown.message} So nothing is proved but that its port answers.` }
  }
}

/** Problems: `not_configured` where the settings say nothing of security or turn it off; `no_client_tls` where they turn it on, but no TLS for clients. */
export async function refuseWithoutTls(installation: Installation, { secured }: { secured: boolean }): Promise<void> {
  if (secured) return
  await refuseUnconfigured(installation)
  throw problem('no_client_tls', { home: installation.home })
}

async function refuseUnconfigured(installation: Installation): Promise<void> {
  const { settings } = await readHomeSettings(installation)
  if (!isConfigured({ settings, installation })) throw problem('not_configured', { home: installation.home })
}
