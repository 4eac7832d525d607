import { problem } from '../../shared/problems/problem.ts'
import { urlIn, withoutAccount } from './addresses.ts'
import { coming, type Coming } from './coming.ts'
import type { Network } from './network.ts'
import { within } from '../network/within.ts'
import { whyUnfetched } from './why-unfetched.ts'

const mostRedirects = 5
const moved = new Set([301, 302, 303, 307, 308])

export interface Answer {
  readonly status: number
  /** names in lower case; what comes several times is its first */
  readonly header: (name: string) => string | null
  readonly body: Coming
}

/**
 * Asks for an address, and follows where it is moved to: five times at most, and never from https to http. Any status is an answer; the caller reads the
 * body to its end or drops it. Problems: `download_unreachable`, `download_untrusted`, `download_proxy…`, `download_redirect`.
 */
export async function get(address: string, asked: { readonly network: Network; readonly signal: AbortSignal; readonly headers?: Readonly<Record<string, string>> }): Promise<Answer> {
  let url = new URL(address)
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask(url, asked)
    const to = answer.header('location')
    if (!moved.has(answer.status) || to === null) return answer
    answer.body.drop()
    const refused = (why: string): Error => problem('download_redirect', { address: withoutAccount(address), why })
    const next = urlIn(to, url)
    if (redirects === mostRedirects) throw refused(`it is moved on more than ${mostRedirects} times`)
    if (next === null || (next.protocol !== 'https:' && next.protocol !== 'http:')) throw refused('where it is moved to is no web address')
    if (url.protocol === 'https:' && next.protocol === 'http:') throw refused(`it leads from https to http, at ${next.host}`)
    url = next
  }
}

async function ask(url: URL, { network, signal, headers = {} }: Parameters<typeof get>[1]): Promise<Answer> {
  signal.throwIfAborted()
  const { dispatcher, proxy } = await network.to(url)
  const { request } = await import('undici')
  try {
    const { statusCode, headers: told, body } = await within(network.withinMs, signal, (either) =>
      request(url, { dispatcher, signal: either, headers: { 'user-agent': 'Firstnode', 'accept-encoding': 'identity', ...headers } }),
    )
    const came = coming(body)
    if (statusCode === 407) {
      came.drop()
      throw problem('download_proxy_password', { proxy: withoutAccount(proxy ?? url) })
    }
    const header = (name: string): string | null => {
      const value = told[name]
      return (Array.isArray(value) ? value[0] : value) ?? null
    }
    return { status: statusCode, header, body: came }
  } catch (thrown) {
    throw signal.aborted ? thrown : whyUnfetched(thrown, url, proxy)
  }
}
