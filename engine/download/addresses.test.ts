import { expect, test } from 'vitest'
import { vendorLicence } from '../../shared/vendor-licence.ts'
import { archiveAddress, baseAddress, releaseListAddress, vendorAddress, withoutAccount } from './addresses.ts'
import { buildFor } from './builds.ts'

// The vendor's hosts are not asked by any test: this holds their addresses to the form that is known.
test('the vendor\'s addresses have the form that is known of them', () => {
  expect(vendorAddress).toBe('https://artifacts.elastic.co')
  expect(releaseListAddress(vendorAddress)).toBe('https://artifacts.elastic.co/releases/stack.json')
  expect(vendorLicence.address).toBe('https://www.elastic.co/licensing/elastic-license')
  const machines = [['linux', 'x64'], ['linux', 'arm64'], ['darwin', 'x64'], ['darwin', 'arm64'], ['win32', 'x64'], ['win32', 'arm64']] as const
  expect(machines.map(([platform, processor]) => archiveAddress(vendorAddress, 'elasticsearch', '9.4.3', buildFor(platform, processor)))).toEqual([
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-linux-x86_64.tar.gz',
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-linux-aarch64.tar.gz',
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-darwin-x86_64.tar.gz',
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-darwin-aarch64.tar.gz',
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-windows-x86_64.zip',
    'https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-9.4.3-windows-x86_64.zip',
  ])
  expect(archiveAddress(vendorAddress, 'kibana', '8.19.2', buildFor('linux', 'x64'))).toBe('https://artifacts.elastic.co/downloads/kibana/kibana-8.19.2-linux-x86_64.tar.gz')
})

test('a machine without a build is told so', () => {
  for (const [platform, processor] of [['linux', 'ia32'], ['freebsd', 'x64'], ['win32', 'ia32']] as const) expect(() => buildFor(platform, processor)).toThrow(/no archive for this machine/)
})

test('a mirror stands in place of the vendor, with what is below its path', () => {
  expect([undefined, '', '  '].map(baseAddress)).toEqual([vendorAddress, vendorAddress, vendorAddress])
  expect(['https://mirror.example.com/elastic/', ' http://10.0.0.7:8081/repository/elastic// '].map(baseAddress)).toEqual(['https://mirror.example.com/elastic', 'http://10.0.0.7:8081/repository/elastic'])
})

test.each(['mirror.example.com', 'ftp://mirror.example.com/', 'file:///srv/mirror', 'https://ana:word@mirror.example.com/', 'https://mirror.example.com/?a=b', 'https://'])('%s is refused as a mirror, and no account is shown', (mirror) => {
  expect(() => baseAddress(mirror)).toThrow(expect.objectContaining({ code: 'download_address', message: expect.not.stringContaining('word') as string }) as Error)
})

test('an address is shown without the account in it', () => {
  expect(withoutAccount('http://ana:word@proxy.corp:3128')).toBe('http://proxy.corp:3128')
})
