import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licenceOf, packagesIn } from './licences.mjs'
import { inRoot } from './root.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-licences-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function packageOf(name: string, files: Record<string, string>, licence?: string): string {
  const at = join(folder, name)
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...(licence === undefined ? {} : { license: licence }) }))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text)
  return at
}

const chunk = (modules: Record<string, number>) => ({ type: 'chunk', modules: Object.fromEntries(Object.entries(modules).map(([id, renderedLength]) => [id, { renderedLength }])) })

test('a package counts where some of its code was kept, with a scope, within another package, and under Windows', () => {
  const outputs = [chunk({ '/r/shared/secret.ts': 10, '/r/node_modules/zod/v4/index.js': 5, '/r/node_modules/shaken/index.js': 0 }), chunk({ '\0/r/node_modules/@orpc/client/index.mjs?proxy': 7, '/r/node_modules/a/node_modules/b/x.js': 1, 'C:\\r\\node_modules\\ws\\lib\\a.js': 1 }), { type: 'asset' }]
  expect(packagesIn(outputs)).toEqual(['/r/node_modules/@orpc/client', '/r/node_modules/a/node_modules/b', '/r/node_modules/zod', 'C:/r/node_modules/ws'])
})

test('styles count though they leave no code, and so does what a bundler adds of itself', () => {
  expect(packagesIn([chunk({ '\0rolldown/runtime.js': 9, '\0vite/preload-helper.js': 9 })], ['/r/node_modules/styled/a.css'])).toEqual(
    ['/r/node_modules/styled', inRoot('node_modules', 'rolldown'), inRoot('node_modules', 'vite')].sort(),
  )
})

test('a licence is all the texts that a package brings of it, notices included', () => {
  const at = packageOf('one', { 'LICENSE.md': 'the licence\r\n', 'NOTICE.txt': 'the notice', 'README.md': 'else' }, 'MIT')
  expect(licenceOf(at)).toEqual({ name: 'one', version: '1.2.3', licence: 'MIT', text: 'the licence\n\nthe notice' })
})

test('a package without a licence, or without its text, fails the build by its name', () => {
  expect(() => licenceOf(packageOf('two', { LICENSE: 'text' }))).toThrow('two 1.2.3 names no licence')
  expect(() => licenceOf(packageOf('@a/three', {}, 'MIT'))).toThrow('build/licence-texts/@a+three.txt')
})

test('where a package brings no text, the one known here stands in', () => {
  expect(licenceOf(inRoot('node_modules', 'react-remove-scroll-bar')).text).toContain('Anton Korzunov')
})

test('what is under the LGPL comes with the GPL, on which it stands', () => {
  const { licence, text } = licenceOf(inRoot('node_modules', 'openpgp'))
  expect(licence).toBe('LGPL-3.0+')
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  expect(text).toContain('TERMS AND CONDITIONS')
})
