import { desktopWindow } from './desktop-window.ts'
import type { Connection } from './engine.ts'
import { connectMessagePort } from './message-port.ts'
import { browserPlace, isGood, openSession, tokenIn } from './session.ts'
import { connectWebSocket } from './web-socket.ts'

/** How a page stands that found nobody to be connected with (see gone-page.tsx). */
export type Unconnected = 'spent' | 'gone' | 'silent'

/** Connects the page with whatever carries the contract; the one place that knows of a transport. */
export function connect(): Promise<Connection | Unconnected> {
  return desktopWindow() === null ? connectBrowser() : connectMessagePort(window)
}

async function connectBrowser(): Promise<Connection | Unconnected> {
  // Another address of the same host, opened in this tab, changes the fragment only: that alone would load nothing.
  window.addEventListener('hashchange', () => {
    if (tokenIn(location.hash) !== null) location.reload()
  })
  const place = browserPlace()
  const session = await openSession(place)
  if (session.state !== 'open') return session.state
  return connectWebSocket(session.key, () => isGood(session.key, place))
}
