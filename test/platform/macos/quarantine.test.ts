import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { quarantineMark, takeOffQuarantine } from '../../../engine/installation/quarantine.ts'
import type { Context } from '../../../engine/preflight/check.ts'
import { quarantineRule } from '../../../engine/preflight/checks/quarantine.ts'
import { askSystem } from '../../../engine/system/ask-system.ts'

test('a home that a browser loaded down is seen, and its mark is taken off it and all in it', async () => {
  const home = await mkdtemp(join(tmpdir(), "firstnode & it's ünïcødé "))
  const executable = join(home, 'jdk.app', 'Contents', 'Home', 'bin', 'java')
  await mkdir(join(executable, '..'), { recursive: true })
  await writeFile(executable, '')
  const look = async () => (await quarantineRule.run({ installation: { home, java: { source: 'bundled', executable } }, platform: 'darwin', ask: askSystem } as Context))?.status
  expect(await look()).toBe('passed')
  await askSystem('xattr', ['-w', quarantineMark, '0083;65f1a2b3;Safari;', executable])
  expect(await look()).toBe('warning')
  await takeOffQuarantine(home, 'darwin', askSystem)
  expect(await look()).toBe('passed')
  await rm(home, { recursive: true })
})
