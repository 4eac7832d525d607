import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Account } from '../../shared/contract/installation.ts'
import { needsRoot } from '../../test/support/needs-root.ts'
import { firstThatWorks, groupsOfRun, runAs, waysToRunAs } from './run-as.ts'

const run = promisify(execFile)
const withGroups: Account = { name: null, uid: 4711, gid: 4712, groups: [4712, 4713, 4714] }
const alone: Account = { ...withGroups, groups: [4712] }

async function outputOf(words: readonly string[], options: object = {}): Promise<string> {
  const [program = '', ...args] = words
  return (await run(program, args, options)).stdout.trim()
}

test('an account without further groups is what spawn can do itself, and the caller needs nothing', async () => {
  expect(await runAs(alone, '/')).toEqual({ words: [], options: { uid: 4711, gid: 4712 } })
  expect(await runAs(null, '/')).toEqual({ words: [], options: {} })
})

test('a program that root starts as an account has all of its groups, its pid, its folder and its environment', async () => {
  needsRoot('starts a program as another account')
  const { words, options } = await runAs(withGroups, '/usr')
  expect(options).toEqual({})
  expect(await groupsOfRun(withGroups)).toEqual(withGroups.groups)
  const script = 'echo $$ $(id -u) $(id -g) $(id -G) $PWD "$ODD"'
  const env = { PATH: process.env.PATH, ODD: 'a b' }
  const child = execFile(words[0] ?? '', [...words.slice(1), '/bin/sh', '-c', script], { cwd: '/usr', env })
  const said = await new Promise((resolve) => child.stdout?.once('data', (text: string) => resolve(text.trim())))
  expect(said).toBe(`${child.pid} 4711 4712 4712 4713 4714 /usr a b`)
})

test.each(waysToRunAs(withGroups, 'linux'))('%o keeps all groups, and takes no word of the program for its own', async (way) => {
  needsRoot('starts a program as another account')
  const found = await firstThatWorks([way], withGroups)
  expect(found).not.toBeNull()
  expect(await outputOf([...(found?.words ?? []), '/bin/echo', '--groups=1', '-u', '--'])).toBe('--groups=1 -u --')
  expect(await outputOf([...(found?.words ?? []), '/bin/sh', '-c', 'id -G'])).toBe('4712 4713 4714')
})

test('where nothing keeps them the account starts without, and is judged so', async () => {
  expect(await firstThatWorks([{ words: ['no-such-program', '--'], folder: false }], withGroups)).toBeNull()
  const startsAsTheCaller = { words: ['env', '--'], folder: false }
  expect(await firstThatWorks([startsAsTheCaller], withGroups)).toBeNull()
})

test('macOS has chroot, which takes sixteen groups, and the folder as its last word', () => {
  const many: Account = { ...withGroups, groups: [4712, ...Array.from({ length: 20 }, (_, index) => 5000 + index)] }
  const [way] = waysToRunAs(many, 'darwin')
  expect(way?.words.slice(0, 6)).toEqual(['chroot', '-u', '4711', '-g', '4712', '-G'])
  expect(way?.words[6]?.split(',')).toHaveLength(16)
  expect(way?.folder).toBe(true)
})
