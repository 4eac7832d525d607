import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { securityHeaders, pagePolicy } from '../../engine/host/page-policy.ts'
import { webPreferences } from '../../electron/web-preferences.ts'
import { releasedFuses } from '../package/fuses.ts'
import { inRoot } from '../root.mjs'
import { mutated } from './mutant.ts'
import { mutants, windowTests } from './table.ts'

const read = (file: string) => readFileSync(inRoot(file), 'utf8')

test('what each mutant changes stands exactly once in its file, and is changed by it', () => {
  for (const mutant of mutants) expect(mutated(read(mutant.file), mutant)).not.toBe(read(mutant.file))
})

test('a mutant whose line is gone, or stands twice, is not passed over', () => {
  const mutant = { without: 'a guard', file: 'guard.ts', find: 'guard()', instead: '', killedBy: { unit: [] } }
  expect(() => mutated('nothing', mutant)).toThrow('stands 0 times in guard.ts')
  expect(() => mutated('guard() guard()', mutant)).toThrow('stands 2 times')
  expect(mutated('a guard() b', { ...mutant, instead: "$&$'" })).toBe("a $&$' b")
})

test('the tests that are to fail are there', () => {
  const titles = new Set([...read(windowTests).matchAll(/^test\('(.*)', async/gm)].map(([, title]) => title))
  const missing = mutants.flatMap(({ killedBy }) => ('unit' in killedBy ? killedBy.unit.filter((file) => !existsSync(inRoot(file))) : killedBy.window.filter((title) => !titles.has(title))))
  expect(missing).toEqual([])
  expect(mutants.filter(({ killedBy }) => ('unit' in killedBy ? killedBy.unit : killedBy.window).length === 0)).toEqual([])
})

test('no two mutants are the same', () => {
  expect(new Set(mutants.map(({ file, without }) => `${file} ${without}`)).size).toBe(mutants.length)
})

test('every preference of the window, directive and header of the page, and fuse has a mutant', () => {
  const found = (file: string) => mutants.filter((mutant) => mutant.file === file).map(({ find }) => find).join('\n')
  const directives = pagePolicy('', []).split('; ').map((directive) => directive.split(' ')[0] ?? '')
  const { preload: _, ...preferences } = webPreferences({ preload: '', packaged: true })
  expect(Object.keys(preferences).filter((name) => !found('electron/web-preferences.ts').includes(name))).toEqual([])
  expect([...directives.filter((name) => name !== 'connect-src'), ...Object.keys(securityHeaders)].filter((name) => !found('engine/host/page-policy.ts').includes(name))).toEqual([])
  expect(found('engine/host/page-policy.ts')).toContain('connect.length')
  expect(Object.keys(releasedFuses).filter((name) => !found('build/package/fuses.ts').includes(name))).toEqual([])
})
