import { setTimeout as wait } from 'node:timers/promises'
import { Problem, problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { connectionProblem } from './client-errors.ts'
import { httpsGet } from './https-call.ts'
import { hungUpFor } from './hung-up.ts'
import type { NodeTls } from '../security/node-tls.ts'

const everyMs = 150
/** Right after HTTPS opens, the right password can be refused until the security index is allocated. */
const refusedForMs = 15_000

/**
 * Waits until the node answers over TLS that `caPem` proves, and accepts `password` (null: any answer will do). What is
 * given by `died` is asked between the tries: a node that ended is not waited for. Default for `forMs`: 120 s.
 * Problems: what `died` gives, `wrong_password` (refused for 15 s on end), `certificate_…`, `client_certificate_…`, `tls_off`, `not_answering`, `cancelled`.
 */
export async function waitUntilAnswering(asked: NodeTls & {
  url: string
  password: Secret | null
  user?: string
  signal?: AbortSignal
  died?: () => Promise<Problem | null>
  forMs?: number
}): Promise<void> {
  const { url, signal, user = 'elastic', forMs = 120_000 } = asked
  const began = Date.now()
  let refusedSince: number | null = null
  let last = 'nothing listens'
  for (;;) {
    const outcome = await tryOnce(asked)
    if (outcome === 'accepted') return
    if (signal?.aborted) throw problem('cancelled', {})
    const death = (await asked.died?.()) ?? null
    if (death !== null) throw death
    if (outcome instanceof Problem && outcome.code !== 'unreachable') throw outcome
    if (outcome instanceof Problem) last = outcome.message
    else last = `status ${outcome}`
    refusedSince = outcome === 401 ? (refusedSince ?? Date.now()) : null
    if (refusedSince !== null && Date.now() - refusedSince > refusedForMs) throw problem('wrong_password', { user })
    if (Date.now() - began > forMs) throw problem('not_answering', { url, seconds: Math.round(forMs / 1000), last })
    await wait(everyMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}

/** `/_security/_authenticate` needs the password and nothing else of the cluster. */
async function tryOnce(
  asked: NodeTls & { url: string; password: Secret | null; user?: string; signal?: AbortSignal },
): Promise<'accepted' | number | Problem> {
  const { url, password } = asked
  try {
    const { status } = await httpsGet({ ...asked, url: password === null ? url : new URL('/_security/_authenticate', url).href, timeoutMs: 10_000 })
    return password === null || status === 200 ? 'accepted' : status
  } catch (thrown) {
    return hungUpFor(connectionProblem(thrown, asked), asked)
  }
}
