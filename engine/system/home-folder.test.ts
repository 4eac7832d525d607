import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { homeFolder, workingFolder } from './home-folder.ts'

const fails = (): never => {
  throw new Error('uv_os_homedir returned ENOENT')
}

test('the home folder is a full path, also for a number without an account and with a HOME that is none', () => {
  expect(homeFolder()).toBe(homedir())
  expect(homeFolder([() => 'relative', () => '/home/ada'])).toBe('/home/ada')
  expect(homeFolder([() => '', fails])).toBe('/')
  expect(homeFolder([fails, fails])).toBe('/')
})

test('a working folder that was deleted is none', () => {
  expect(workingFolder()).toBe(process.cwd())
  expect(workingFolder(fails)).toBeNull()
})
