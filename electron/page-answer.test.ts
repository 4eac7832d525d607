import { expect, test } from 'vitest'
import type { Page } from '../engine/host/page.ts'
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
  expect(policies[0]).toContain("default-src 'none'")
  expect(policies[0]).toContain("script-src 'self';")
  expect(policies[0]).toContain("connect-src 'none'")
  expect(policies[0]).toMatch(/style-src 'self' 'nonce-nonce\d+'/)
  expect(policies[0]).not.toContain('unsafe')
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
