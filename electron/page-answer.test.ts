import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPage, type Page } from '../engine/host/page.ts'
import { pageDouble } from '../test/browser-host/page-double.ts'
import { answerPage } from './page-answer.ts'

let documents = 0
const page: Page = {
  document: () => ({ html: '<p>page', nonce: `nonce${++documents}` }),
  file: (path) => (path === '/assets/main.js' ? { type: 'text/javascript', body: Buffer.from('code'), gzip: Buffer.from('zipped') } : null),
}
const get = (url: string, method = 'GET') => answerPage(page, { url, method })

test('the document has a policy with a fresh nonce each time, which lets it speak with nobody', async () => {
  const policies = [get('app://firstnode/'), get('app://firstnode/')].map(({ headers }) => headers.get('content-security-policy') ?? '')
  expect(new Set(policies).size).toBe(2)
  expect(policies[0]?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    expect.stringMatching(/^style-src 'self' 'nonce-nonce\d+'$/),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
  expect(await get('app://firstnode/').text()).toBe('<p>page')
})

test('a file of the build is given as it is, whatever follows its path', async () => {
  const file = get('app://firstnode/assets/main.js?v=1')
  expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([200, 'text/javascript', 'code'])
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
})

test('what is not in the build, of another host, or more than a question is refused', () => {
  expect(get('app://firstnode/../../etc/passwd').status).toBe(404)
  expect(get('app://other/').status).toBe(404)
  expect(get('app://firstnode/', 'POST').status).toBe(405)
  expect(get('app://firstnode/nothing').headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('every answer, refusals included, is kept from caches, frames, other origins and guesses at its type', () => {
  for (const { headers } of [get('app://firstnode/'), get('app://firstnode/assets/main.js'), get('app://firstnode/nothing'), get('app://firstnode/', 'POST')]) {
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  }
})

test('no path leads out of the build, however it is written', async () => {
  const double = await pageDouble()
  try {
    await writeFile(join(double.folder, 'not-a-type-of-the-page'), 'secret')
    const built = await loadPage(double.folder)
    const paths = ['not-a-type-of-the-page', '../not-a-type-of-the-page', 'assets/..%2fnot-a-type-of-the-page', '%2e%2e/%2e%2e/etc/passwd', '..%5c..%5cetc%5cpasswd', '/etc/passwd', 'assets//main-1.js', '__proto__']
    expect(paths.filter((path) => answerPage(built, { url: `app://firstnode/${path}`, method: 'GET' }).status !== 404)).toEqual([])
    expect(answerPage(built, { url: 'app://firstnode/assets/main-1.js', method: 'GET' }).status).toBe(200)
  } finally {
    await double.remove()
  }
})
