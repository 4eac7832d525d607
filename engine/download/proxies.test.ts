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

/** As `scutil --proxy` prints it: sorted, two spaces a level, and what one service alone would use below. */
const macOfCompany = `<dictionary> {
  ExcludeSimpleHostnames : 1
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : 10.0.0.0/8
    3 : *.intern.corp
  }
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 8080
  HTTPProxy : web.corp
  HTTPSEnable : 0
  ProxyAutoConfigEnable : 0
  SOCKSEnable : 0
  __SCOPED__ : <dictionary> {
    en0 : <dictionary> {
      HTTPSEnable : 1
      HTTPSPort : 3128
      HTTPSProxy : scoped.corp
    }
  }
}`

test.each([
  ['http://mirror.example.com:8081/', 'http://web.corp:8080'],
  ['http://mirror/', null],
  ['http://mirror.intern.corp/', null],
  ['http://intern.corp/', null],
  ['http://printer.local/', null],
  ['http://169.254.3.4/', null],
  ['http://10.20.30.40/', null],
  ['http://11.20.30.40/', 'http://web.corp:8080'],
  ['http://[fd00::7]/', 'http://web.corp:8080'],
  ['https://artifacts.elastic.co/', null],
] as const)('on a Mac of a company %s is reached by %s', (address, expected) => {
  expect(proxyOfMac(new URL(address), macOfCompany)).toBe(expected)
})

test('a proxy that is named by its IPv6 address is one on a Mac as well', () => {
  expect(proxyOfMac(vendor, mac.replace('proxy.corp', 'fd00::3'))).toBe('http://[fd00::3]:3128')
})

const overrides = 'localhost;127.*;10.*;192.168.*;*.intern.corp;wiki.corp;http://plain.corp;odd.corp:8443;[fd00::7];<local>'

test.each([
  ['https://artifacts.elastic.co/', 'http://proxy.corp:3128'],
  ['https://10.1.2.3/', null],
  ['https://192.168.7.8:8443/', null],
  ['https://193.168.7.8/', 'http://proxy.corp:3128'],
  ['https://a.intern.corp/', null],
  ['https://wiki.corp/', null],
  ['https://www.wiki.corp/', 'http://proxy.corp:3128'],
  ['http://plain.corp/', null],
  ['https://plain.corp/', 'http://proxy.corp:3128'],
  ['https://odd.corp:8443/', null],
  ['https://odd.corp/', 'http://proxy.corp:3128'],
  ['https://mirror/', null],
  ['https://[fd00::7]/', null],
  ['https://[fd00::8]/', 'http://proxy.corp:3128'],
] as const)('on a Windows machine of a company %s is reached by %s', (address, expected) => {
  expect(proxyOfWindows(new URL(address), windows('0x1', 'proxy.corp:3128', overrides))).toBe(expected)
})

/** As `reg query` prints a key: its name, its values, then the names of the keys below it. */
function registry(keys: Readonly<Record<string, string>>) {
  return (program: string, [verb, key = '']: readonly string[]): Promise<string> => {
    const values = keys[key]
    expect([program, verb]).toEqual(['reg.exe', 'query'])
    return values === undefined ? Promise.reject(new Error('ERROR: The system was unable to find the specified registry key or value.')) : Promise.resolve(`\r\n${key.replace(/^HKLM/, 'HKEY_LOCAL_MACHINE').replace(/^HKCU/, 'HKEY_CURRENT_USER')}\r\n${values}\r\n\r\n${key}\\Zones\r\n`)
  }
}

const [own, machine, policies] = ['HKCU\\Software', 'HKLM\\Software', 'HKLM\\Software\\Policies'].map((root) => `${root}\\Microsoft\\Windows\\CurrentVersion\\Internet Settings`) as [string, string, string]
const enabled = (server: string): string => `    User Agent    REG_SZ    Mozilla/4.0 (compatible; MSIE 8.0; Win32)\r\n    ProxyEnable    REG_DWORD    0x1\r\n    MigrateProxy    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    ${server}`

test('on Windows the settings of whoever asks count, unless a policy says that the machine has one proxy for all', async () => {
  const proxyBy = (keys: Readonly<Record<string, string>>): Promise<string | null> => systemProxy(vendor, 'win32', registry(keys))
  const both = { [own]: enabled('ana.corp:3128'), [machine]: enabled('all.corp:3128') }
  expect(await proxyBy(both)).toBe('http://ana.corp:3128')
  expect(await proxyBy({ ...both, [policies]: '    ProxySettingsPerUser    REG_DWORD    0x1' })).toBe('http://ana.corp:3128')
  expect(await proxyBy({ ...both, [policies]: '    ProxySettingsPerUser    REG_DWORD    0x0' })).toBe('http://all.corp:3128')
  expect(await proxyBy({ [policies]: '    ProxySettingsPerUser    REG_DWORD    0x0' })).toBeNull()
})

test.each(['http://localhost:8081/', 'http://127.0.0.1:8081/', 'http://127.9:8081/', 'http://[::1]:8081/'])('a mirror on this machine (%s) is reached without the proxy of the system', async (address) => {
  const everywhere = windows('0x1', 'proxy.corp:3128')
  expect(await systemProxy(new URL(address), 'win32', () => Promise.resolve(everywhere))).toBeNull()
  expect(await systemProxy(new URL(address), 'darwin', () => Promise.resolve(macOfCompany))).toBeNull()
})

test('where the system cannot be asked, or is Linux, there is none', async () => {
  const failing = (): Promise<string> => Promise.reject(new Error('no such program'))
  expect([await systemProxy(vendor, 'darwin', failing), await systemProxy(vendor, 'win32', failing), await systemProxy(vendor, 'linux', failing)]).toEqual([null, null, null])
})
