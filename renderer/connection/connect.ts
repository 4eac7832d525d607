import type { Connection } from './engine.ts'
import { browserPlace, isGood, openSession, tokenIn } from './session.ts'
import { connectWebSocket } from './web-socket.ts'

/** Connects the page with whatever carries the contract; the one place that knows of a transport. */
export async function connect(): Promise<Connection | 'spent' | 'gone'> {
  // Another address of the same host, opened in this tab, changes the fragment only: that alone would load nothing.
  window.addEventListener('hashchange', () => {
    if (tokenIn(location.hash) !== null) location.reload()
  })
  const place = browserPlace()
  const session = await openSession(place)
  if (session.state !== 'open') return session.state
  return connectWebSocket(session.key, () => isGood(session.key, place))
}
