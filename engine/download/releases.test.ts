import { expect, test } from 'vitest'
import { namedVersion, readReleases } from './releases.ts'

const list = (...versions: string[]): string => JSON.stringify({ releases: versions.map((version) => ({ version, manifest: 'https://example.com/' })) })

test('the newest of each supported major comes first, then all others from the newest on', () => {
  expect(readReleases(list('8.2.0', '9.4.3', '8.19.2', '9.10.1', '8.19.10', '9.4.3'))).toEqual([
    { version: '9.10.1', major: 9, newest: true },
    { version: '8.19.10', major: 8, newest: true },
    { version: '9.4.3', major: 9, newest: false },
    { version: '8.19.2', major: 8, newest: false },
    { version: '8.2.0', major: 8, newest: false },
  ])
})

test('a version may end in " GA"; pre-releases, what is too old, and majors that nobody knows yet are left out', () => {
  expect(readReleases(list('8.0.0 GA', '9.0.0-beta1', '9.5.0-SNAPSHOT', '7.17.29', '10.0.0', '8.1', '../../etc', 'unreleased'))?.map(({ version }) => version)).toEqual(['8.0.0'])
})

test.each(['', '<html>', '[]', '{"releases": []}', '{"releases": [{"name": "8.0.0"}]}', '{"releases": "8.0.0"}'])('%j is no list', (text) => {
  expect(readReleases(text)).toBeNull()
})

test('a version is named as it is released', () => {
  expect([' 9.4.3 ', 'v8.16.6', '8.0.0 GA'].map(namedVersion)).toEqual(['9.4.3', '8.16.6', '8.0.0'])
  for (const wrong of ['latest', '9.4', '9.4.3-rc1', '../9.4.3', '7.17.29', '10.0.0', '']) expect(() => namedVersion(wrong)).toThrow(expect.objectContaining({ code: 'download_version' }) as Error)
})
