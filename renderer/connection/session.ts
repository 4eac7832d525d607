import { sessionCheckPath, sessionPath, tokenName } from '../../shared/browser-session.ts'

const keyName = 'firstnode.session'

/** The one-time token in the fragment of an address (`#token=…`), or null. */
export function tokenIn(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, '')).get(tokenName)
  return token === null || token === '' ? null : token
}

/** How asking for a session ended. `spent`: the host is there and knows neither the token nor the key. `gone`: nobody answers. */
export type Session = { readonly state: 'open'; readonly key: string } | { readonly state: 'spent' } | { readonly state: 'gone' }

/** What of the browser a session needs; a parameter so that the rule can be tested without one. */
export interface SessionPlace {
  readonly fragment: string
  readonly kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** takes the token out of the address and the history */
  clearFragment(): void
  fetch(path: string, init: RequestInit): Promise<Pick<Response, 'status' | 'json'>>
}

/** Exchanges the token of the address for the session's key, or goes on with the key of this tab (see shared/browser-session.ts). */
export async function openSession(place: SessionPlace): Promise<Session> {
  const token = tokenIn(place.fragment)
  if (token !== null) place.clearFragment()
  try {
    const fresh = token === null ? null : await exchange(token, place)
    if (fresh !== null) {
      place.kept.setItem(keyName, fresh)
      return { state: 'open', key: fresh }
    }
    const key = place.kept.getItem(keyName)
    if (key !== null && (await isGood(key, place))) return { state: 'open', key }
    return { state: 'spent' }
  } catch {
    return { state: 'gone' }
  }
}

/** Does the host still know this key? Rejects where nobody answers. */
export async function isGood(key: string, place: Pick<SessionPlace, 'fetch'>): Promise<boolean> {
  const answer = await place.fetch(sessionCheckPath, { method: 'POST', headers: { Authorization: `Bearer ${key}` } })
  return answer.status === 204
}

async function exchange(token: string, place: SessionPlace): Promise<string | null> {
  const answer = await place.fetch(sessionPath, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (answer.status !== 200) return null
  const { key } = (await answer.json()) as { key?: unknown }
  return typeof key === 'string' ? key : null
}

/** The place of a real page. */
export function browserPlace(): SessionPlace {
  return {
    fragment: location.hash,
    kept: sessionStorage,
    clearFragment: () => history.replaceState(null, '', location.pathname),
    fetch: (path, init) => fetch(path, { ...init, cache: 'no-store' }),
  }
}
