import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, watch } from './wizard.ts'

test('the address opens the page once; the token leaves the address and a reload goes on with the session', async ({ wizard, host, browser }) => {
  await expect(wizard.getByRole('heading').first()).toBeVisible()
  await expect.poll(() => wizard.url()).not.toContain('token')
  const kept = await wizard.evaluate(() => ({ session: JSON.stringify(sessionStorage), local: JSON.stringify(localStorage), cookie: document.cookie }))
  expect(kept.cookie).toBe('')
  expect(kept.local).not.toContain('key')
  const token = host.address.split('#token=')[1] ?? ''
  expect(JSON.stringify(kept)).not.toContain(token)

  await wizard.reload()
  await expect(wizard.getByRole('heading').first()).toBeVisible()
  expect(await answers(wizard)).toBe(204)

  const stranger = await browser.newContext()
  const page = await stranger.newPage()
  await page.goto(host.address)
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/[\w-]{43}/)
  await page.goto('about:blank')
  await page.goto(await host.another())
  await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).toMatch(/[\w-]{43}/)
  await stranger.close()
})

test('a page of another origin can neither read, post, open a socket nor frame the wizard', async ({ host, browser }) => {
  const foreign = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>elsewhere</title>'))
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const context = await browser.newContext()
  await watch(context, [])
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`)
  const target = new URL(host.address)
  const tried = await page.evaluate(
    async ({ origin, address, token }) => {
      const tell = (work: Promise<unknown>) => work.then(() => 'reached', () => 'refused')
      const socket = new Promise((resolve) => {
        const opening = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['firstnode', `firstnode.key.${token}`])
        opening.addEventListener('open', () => resolve('reached'))
        opening.addEventListener('error', () => resolve('refused'))
      })
      const frame = document.createElement('iframe')
      frame.src = address
      const framed = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await framed
      const image = new Promise((resolve) => {
        const script = document.createElement('script')
        script.src = `${origin}/`
        script.addEventListener('load', () => resolve('reached'))
        script.addEventListener('error', () => resolve('refused'))
        document.head.append(script)
      })
      return {
        read: await tell(fetch(`${origin}/`)),
        post: await tell(fetch(`${origin}/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) })),
        // Sent without asking first (no preflight): it must be refused by itself and leave the token unspent.
        simple: await tell(fetch(`${origin}/session`, { method: 'POST', mode: 'no-cors', body: JSON.stringify({ token }) })),
        socket: await socket,
        script: await image,
      }
    },
    { origin: target.origin, address: host.address, token: target.hash.replace('#token=', '') },
  )
  expect(tried).toEqual({ read: 'refused', post: 'refused', simple: 'refused', socket: 'refused', script: 'refused' })
  expect(page.frames().slice(1).map((frame) => frame.url())).toEqual(['chrome-error://chromewebdata/'])
  await context.close()
  await new Promise((resolve) => foreign.close(resolve))

  const own = await browser.newContext()
  const wizard = await own.newPage()
  await wizard.goto(host.address)
  await expect.poll(() => wizard.evaluate(() => JSON.stringify(sessionStorage))).toMatch(/[\w-]{43}/)
  await own.close()
})

/** What the host says to the session key that this page keeps. */
function answers(page: import('@playwright/test').Page): Promise<number> {
  return page.evaluate(async () => {
    const key = /[\w-]{43}/.exec(JSON.stringify(sessionStorage))?.[0] ?? ''
    return (await fetch('/session/check', { method: 'POST', headers: { Authorization: `Bearer ${key}` } })).status
  })
}
