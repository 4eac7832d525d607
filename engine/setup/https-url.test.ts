import { expect, test } from 'vitest'
import { httpsUrl } from './https-url.ts'

test('an address of https is taken, with its path', () => {
  expect(httpsUrl('https://10.0.0.5:9200/es')).toBe('https://10.0.0.5:9200/es')
})

test.each([
  ['http://10.0.0.5:9200', 'url_not_https'],
  ['http://elastic:hunter2@10.0.0.5:9200', 'url_not_https'],
  ['10.0.0.5:9200', 'url_not_https'],
  ['', 'url_not_https'],
  ['https://elastic:hunter2@10.0.0.5:9200', 'url_with_account'],
  ['https://hunter2@10.0.0.5:9200', 'url_with_account'],
])('%j is refused with %s, and an account in it is not repeated', (text, code) => {
  expect(() => httpsUrl(text)).toThrow(expect.objectContaining({ code, message: expect.not.stringContaining('hunter2') as string }) as Error)
})
