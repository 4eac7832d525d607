import { expect, test } from 'vitest'
import { proxyOf } from './proxy-of.ts'

const answering = (said: string) => proxyOf({ resolveProxy: () => Promise.resolve(said) }, 'https://artifacts.elastic.co/')

test('the first way that Chromium names and that can be gone is taken', async () => {
  expect(await answering('PROXY proxy.corp:3128; DIRECT')).toBe('http://proxy.corp:3128')
  expect(await answering('HTTPS proxy.corp:443')).toBe('https://proxy.corp:443')
  expect(await answering('SOCKS5 socks.corp:1080; PROXY proxy.corp:3128')).toBe('http://proxy.corp:3128')
})

test('where there is no proxy, or none that can be gone by, there is none', async () => {
  expect([await answering('DIRECT'), await answering(''), await answering('SOCKS socks.corp:1080'), await answering('DIRECT; PROXY proxy.corp:3128')]).toEqual([null, null, null, null])
})
