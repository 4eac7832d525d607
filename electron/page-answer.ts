import { pagePolicy, securityHeaders } from '../engine/host/page-policy.ts'
import type { Page } from '../engine/host/page.ts'
import { isOurPage } from './page-address.ts'

/** What is answered to a request of the window: the document with a fresh nonce and the strict policy, a file of the build, or a refusal. */
export function answerPage(page: Page, request: { readonly url: string; readonly method: string }): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
  const path = isOurPage(request.url) ? new URL(request.url).pathname : null
  if (path === '/') {
    const { html, nonce } = page.document()
    return answer(html, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy(nonce, []) })
  }
  const file = path === null ? null : page.file(path)
  return file === null ? refusal(404) : answer(new Uint8Array(file.body), { 'Content-Type': file.type })
}

function answer(body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { headers: { ...securityHeaders, ...headers } })
}

function refusal(status: number): Response {
  return new Response('There is nothing here.', { status, headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' } })
}
