import { expect, test } from 'vitest'
import type { Session } from './cdp.ts'
import { PageLoad } from './page-load.ts'

/** A page of Chromium by its messages: the test tells what happens, and how a navigation ends. */
function playedPage() {
  const listeners = new Map<string, (params: object) => void>()
  let navigated!: (answer: { errorText?: string }) => void
  const asked = new Promise<{ errorText?: string }>((resolve) => (navigated = resolve))
  const session = {
    on: (event: string, listener: (params: object) => void) => void listeners.set(event, listener),
    send: (method: string) => (method === 'Page.navigate' ? asked : Promise.resolve({ result: {} })),
  } as unknown as Session
  return { session, happens: (event: string, params: object = {}) => listeners.get(event)?.(params), navigated }
}

test('the empty page that a window begins with does not end the load of another, though it is told late', async () => {
  const { session, happens, navigated } = playedPage()
  const load = new PageLoad(Promise.resolve(session), () => undefined)
  load.follow(session, 'main')
  const ended = load.begin('http://127.0.0.1:1/').then(() => 'loaded', () => 'refused')
  happens('Page.frameNavigated', { frame: { id: 'main', url: 'about:blank' } })
  happens('Page.loadEventFired')
  navigated({ errorText: 'net::ERR_FAILED' })
  expect(await ended).toBe('refused')
})

test('the page that Chromium shows of an error does not end the load well, though it comes before the error is told', async () => {
  const { session, happens, navigated } = playedPage()
  const load = new PageLoad(Promise.resolve(session), () => undefined)
  load.follow(session, 'main')
  const ended = load.begin('http://127.0.0.1:1/').then(() => 'loaded', () => 'refused')
  happens('Page.frameNavigated', { frame: { id: 'main', url: 'chrome-error://chromewebdata/', unreachableUrl: 'http://127.0.0.1:1/' } })
  happens('Page.loadEventFired')
  navigated({ errorText: 'net::ERR_FAILED' })
  expect(await ended).toBe('refused')
})

test('an empty page that was asked for is loaded', async () => {
  const { session, happens, navigated } = playedPage()
  const load = new PageLoad(Promise.resolve(session), () => undefined)
  load.follow(session, 'main')
  const ended = load.begin('about:blank').then(() => 'loaded', () => 'refused')
  navigated({})
  happens('Page.frameNavigated', { frame: { id: 'main', url: 'about:blank' } })
  happens('Page.loadEventFired')
  expect(await ended).toBe('loaded')
})
