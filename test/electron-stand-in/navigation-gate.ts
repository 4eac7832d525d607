import type { Protocol, Session } from './cdp.ts'
import { fromChromium, isServed, knownToFetch, serve } from './protocol.ts'
import { requestIsRefused } from './web-request.ts'

export interface Gate {
  /** Is this a navigation that the application itself began (loadURL, reload)? Asked once for each. */
  isOwn(url: string): boolean
  readonly mainFrame: string
  /** Whether the application lets the page go there: will-frame-navigate, will-navigate. */
  mayNavigate(asked: { url: string; frameId: string; isMainFrame: boolean }): boolean
  mayRedirect(asked: { url: string; frameId: string; isMainFrame: boolean }): boolean
}

/** Every request of a page passes here: navigations are judged, `app://` is served, the rest goes on. */
export function guardRequests(session: Session, gate: Gate): void {
  session.on('Fetch.requestPaused', (paused) => {
    void decide(session, gate, paused).catch((error: unknown) => {
      // The page has gone meanwhile, and its request with it.
      if (!/Invalid InterceptionId|Session with given id not found|has ended/.test(String(error))) throw error
    })
  })
}

async function decide(session: Session, gate: Gate, paused: Protocol.Events['Fetch.requestPaused']): Promise<void> {
  const { requestId, request, frameId, resourceType } = paused
  const refuse = (errorReason: 'Aborted' | 'Failed' | 'BlockedByClient') => session.send('Fetch.failRequest', { requestId, errorReason })
  if (resourceType === 'Document') {
    const asked = { url: fromChromium(request.url + (request.urlFragment ?? '')), frameId, isMainFrame: frameId === gate.mainFrame }
    const own = paused.redirectedRequestId === undefined && asked.isMainFrame && gate.isOwn(request.url)
    if (paused.redirectedRequestId !== undefined && !gate.mayRedirect(asked)) return void (await refuse('Aborted'))
    if (paused.redirectedRequestId === undefined && !own && !gate.mayNavigate(asked)) return void (await refuse('Aborted'))
  }
  if (await requestIsRefused({ url: fromChromium(request.url), method: request.method, resourceType })) return void (await refuse('BlockedByClient'))
  if (!isServed(request.url)) return void (await session.send('Fetch.continueRequest', { requestId }))
  if ((resourceType === 'Fetch' || resourceType === 'XHR') && !knownToFetch(request.url)) return void (await refuse('Failed'))
  const body = request.postDataEntries?.map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))
  try {
    const answer = await serve({ url: request.url, method: request.method, headers: request.headers, body: body === undefined ? null : Buffer.concat(body) })
    if (answer === null) return void (await refuse('Failed'))
    await session.send('Fetch.fulfillRequest', { requestId, responseCode: answer.status, responseHeaders: answer.headers, body: answer.body.toString('base64') })
  } catch (thrown) {
    process.stderr.write(`The handler of ${fromChromium(request.url)} failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`)
    await refuse('Failed')
  }
}
