import { expect, test } from 'vitest'
import { isExcepted, proxyOfVariables } from './proxy-variables.ts'
import { proxyOfMac, proxyOfWindows, systemProxy } from './system-proxy.ts'

const vendor = new URL('https://artifacts.elastic.co/downloads/')
const plain = new URL('http://mirror.corp:8081/')

test('the usual variables name a proxy by the scheme, the lower case before the upper', () => {
  const of = (address: URL, env: NodeJS.ProcessEnv) => proxyOfVariables(address, env)?.proxy
  expect(of(vendor, { HTTPS_PROXY: 'http://one:3128' })).toBe('http://one:3128')
  expect(of(vendor, { HTTPS_PROXY: 'http://one:3128', https_proxy: 'http://two:3128' })).toBe('http://two:3128')
  expect(of(vendor, { HTTP_PROXY: 'http://one:3128' })).toBeUndefined()
  expect(of(plain, { HTTP_PROXY: 'one:3128' })).toBe('http://one:3128')
  expect(of(vendor, { ALL_PROXY: 'http://all:3128', HTTPS_PROXY: ' ' })).toBe('http://all:3128')
  expect(of(vendor, { HTTPS_PROXY: 'http://one:3128', no_proxy: '.elastic.co' })).toBeNull()
  expect(of(vendor, {})).toBeUndefined()
})

test.each([
  ['artifacts.elastic.co', true],
  ['elastic.co', true],
  ['.elastic.co', true],
  ['*.elastic.co', true],
  ['elastic.co:443', true],
  ['elastic.co:8443', false],
  ['lastic.co', false],
  ['*', true],
  ['localhost, 127.0.0.1;ELASTIC.CO', true],
  ['localhost,127.0.0.1', false],
  ['', false],
])('NO_PROXY %j: %s', (exceptions, expected) => {
  expect(isExcepted(vendor, exceptions)).toBe(expected)
})

test('addresses of IPv6 can be excepted', () => {
  const address = new URL('http://[fd00::7]:8081/')
  expect(['fd00::7', '[fd00::7]', '[fd00::7]:8081', '[fd00::7]:80', 'fd00::8'].map((entry) => isExcepted(address, entry))).toEqual([true, true, true, false, false])
})

const mac = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : intern.corp
  }
  HTTPEnable : 0
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : proxy.corp
}`

test('the settings of macOS are read, with their exceptions', async () => {
  expect([proxyOfMac(vendor, mac), proxyOfMac(plain, mac), proxyOfMac(new URL('https://mirror.intern.corp/'), mac), proxyOfMac(vendor, '')]).toEqual(['http://proxy.corp:3128', null, null, null])
  const asked: unknown[] = []
  const ask = (...words: unknown[]): Promise<string> => {
    asked.push(words)
    return Promise.resolve(mac)
  }
  expect([await systemProxy(vendor, 'darwin', ask), asked]).toEqual(['http://proxy.corp:3128', [['/usr/sbin/scutil', ['--proxy']]]])
})

const windows = (enabled: string, server: string, override = ''): string => `
HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings
    ProxyEnable    REG_DWORD    ${enabled}
    ProxyServer    REG_SZ    ${server}
${override === '' ? '' : `    ProxyOverride    REG_SZ    ${override}`}
`

test('the settings of Windows are read: one proxy for all, or one a scheme, and what is reached without', () => {
  expect(proxyOfWindows(vendor, windows('0x1', 'proxy.corp:3128'))).toBe('http://proxy.corp:3128')
  expect(proxyOfWindows(vendor, windows('0x1', 'http=one:80;https=two:3128'))).toBe('http://two:3128')
  expect(proxyOfWindows(vendor, windows('0x1', 'http=one:80'))).toBeNull()
  expect(proxyOfWindows(vendor, windows('0x0', 'proxy.corp:3128'))).toBeNull()
  expect(proxyOfWindows(vendor, windows('0x1', 'proxy.corp:3128', '*.elastic.co;<local>'))).toBeNull()
  expect(proxyOfWindows(new URL('http://mirror:8081/'), windows('0x1', 'proxy.corp:3128', '<local>'))).toBeNull()
})

test('where the system cannot be asked, or is Linux, there is none', async () => {
  const failing = (): Promise<string> => Promise.reject(new Error('no such program'))
  expect([await systemProxy(vendor, 'darwin', failing), await systemProxy(vendor, 'win32', failing), await systemProxy(vendor, 'linux', failing)]).toEqual([null, null, null])
})
