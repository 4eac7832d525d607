import type { OnBeforeRequestListenerDetails, CallbackResponse } from 'electron'
import { NotInStandIn, strict } from './strict.ts'

type Listener = (details: OnBeforeRequestListenerDetails, callback: (response: CallbackResponse) => void) => void
let before: { readonly urls: readonly RegExp[] | null; readonly listener: Listener } | null = null
const types: Readonly<Record<string, OnBeforeRequestListenerDetails['resourceType']>> = { Document: 'mainFrame', Stylesheet: 'stylesheet', Script: 'script', Image: 'image', Font: 'font', XHR: 'xhr', Fetch: 'xhr', Ping: 'ping', WebSocket: 'webSocket', Media: 'media' }

/** `session.webRequest`: only what may be sent at all can be judged. */
export const webRequest = strict('webRequest', {
  onBeforeRequest(first: { urls: string[] } | Listener | null, second?: Listener | null): void {
    const listener = typeof first === 'function' || first === null ? first : (second ?? null)
    const urls = typeof first === 'object' && first !== null ? first.urls.map(pattern) : null
    before = listener === null ? null : { urls, listener }
  },
})

/** Whether the application's listener refuses the request. */
export function requestIsRefused(asked: { url: string; method: string; resourceType: string }): Promise<boolean> {
  const { url, method, resourceType } = asked
  if (before === null || (before.urls !== null && !before.urls.some((one) => one.test(url)))) return Promise.resolve(false)
  const { listener } = before
  return new Promise((resolve, reject) => {
    const details = { id: 0, url, method, resourceType: types[resourceType] ?? 'other', referrer: '', timestamp: Date.now(), uploadData: [] }
    listener(details, (response) => {
      if (response.redirectURL === undefined) resolve(response.cancel === true)
      else reject(new NotInStandIn('redirect by webRequest.onBeforeRequest'))
    })
  })
}

function pattern(text: string): RegExp {
  if (text === '<all_urls>') return /^/
  return new RegExp(`^${text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`)
}
