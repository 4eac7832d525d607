import type { Dispatcher } from 'undici'
import { problem } from '../../shared/problems/problem.ts'
import { urlIn, withoutAccount } from './addresses.ts'
import { authorities } from './authorities.ts'
import { proxyOfVariables } from './proxy-variables.ts'
import { systemProxy } from './system-proxy.ts'

/** The way out of this machine, for one piece of work: closed when that is over. */
export interface Network {
  /** who carries a request to an address, and by which proxy: null for none */
  to(address: URL): Promise<{ readonly dispatcher: Dispatcher; readonly proxy: string | null }>
  /** ms for the header of an answer, for a whole short text, and for the least of a long one */
  readonly withinMs: number
  close(): Promise<void>
}

/** Asks the system which proxy leads to an address; null: none. */
export type AskProxy = (address: string) => Promise<string | null>

export interface NetworkWish {
  /** the PEM file of a company's own authority */
  readonly authority?: string | undefined
  /** a host's own knowledge of the system's proxy, better than what its settings say */
  readonly askProxy?: AskProxy | undefined
  readonly env?: NodeJS.ProcessEnv
  /** ms without a byte, after which a connection counts as lost */
  readonly patience?: number
}

/** Opens the way out: proxies by the variables, else by the system. Problem: `download_authority`. */
export async function openNetwork({ authority, askProxy, env = process.env, patience = 30_000 }: NetworkWish = {}): Promise<Network> {
  const ca = await authorities(authority, env)
  // Whoever downloads nothing does not wait for it.
  const { Agent, ProxyAgent } = await import('undici')
  const ways = new Map<string, Dispatcher>()
  // Said, since NODE_TLS_REJECT_UNAUTHORIZED=0 in somebody's shell would turn the default around.
  const tls = { ca, timeout: patience, rejectUnauthorized: true }
  const limits = { headersTimeout: patience, bodyTimeout: patience, connect: tls }

  const wayBy = (proxy: string | null): Dispatcher =>
    proxy === null
      ? new Agent(limits)
      : new ProxyAgent({ ...limits, uri: proxy, proxyTunnel: false, requestTls: tls, proxyTls: tls, ...tokenOf(proxy) })

  const ofSystem = async (address: URL): Promise<string | null> => proxyIn(await (askProxy === undefined ? systemProxy(address) : askProxy(address.href).catch(() => null)))

  return {
    async to(address) {
      const named = proxyOfVariables(address, env)
      const proxy = named === null ? await ofSystem(address) : proxyIn(named.proxy)
      const way = ways.get(proxy ?? '') ?? wayBy(proxy)
      ways.set(proxy ?? '', way)
      return { dispatcher: way, proxy }
    },
    withinMs: 2 * patience,
    async close() {
      await Promise.all([...ways.values()].map((way) => way.destroy()))
    },
  }
}

/** A proxy that can be gone by. Problem: `download_proxy`. */
function proxyIn(named: string | null): string | null {
  if (named === null) return null
  const url = urlIn(named)
  if (url === null || url.hostname === '') throw problem('download_proxy', { proxy: 'that is named', why: 'its address does not read like http://HOST:PORT' })
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw problem('download_proxy', { proxy: withoutAccount(url), why: 'it is none for HTTP' })
  return named
}

/** A user without a password, which the library would leave out. */
function tokenOf(proxy: string): { token?: string } {
  const { username, password } = new URL(proxy)
  if (username === '') return {}
  return { token: `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}` }
}

/** As it was meant: `%40` is an @, and a % that begins nothing is one. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (signs) => {
    try {
      return decodeURIComponent(signs)
    } catch {
      return signs
    }
  })
}
