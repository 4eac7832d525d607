import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { windowsServiceOf } from '../../../engine/installation/windows-service.ts'
import { windowsWords } from '../../../engine/node/windows-words.ts'
import { renameFile } from '../../../engine/plan/rename-file.ts'
import { pathLengthRule } from '../../../engine/preflight/checks/path-length.ts'
import type { Context } from '../../../engine/preflight/check.ts'
import { askSystem, whereIs } from '../../../engine/system/ask-system.ts'
import { askPowerShell } from '../../../engine/system/powershell.ts'

test('PowerShell gets a value and gives it back, letters of every country whole', async () => {
  const value = `it's "ünïcødé" & $env:PATH; 日本`
  expect((await askPowerShell(askSystem, '$env:FIRSTNODE_VALUE', { FIRSTNODE_VALUE: value })).trim()).toBe(value)
})

test('a command line is divided as Node and Windows put it together', async () => {
  const words = ['a b', 'c\\', 'd "e" f\\"', '', '-Dx=C:\\es & co\\']
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log("up")', ...words], { stdio: ['pipe', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const line = (await askPowerShell(askSystem, `(Get-CimInstance Win32_Process -Filter 'ProcessId=${child.pid}').CommandLine`)).replace(/\r?\n$/, '')
  const ended = once(child, 'exit')
  child.kill()
  await ended
  expect(windowsWords(line).slice(-words.length)).toEqual(words)
})

test('services and the registry are read without a refusal', async () => {
  expect(await windowsServiceOf('C:\\no such home')).toBeNull()
  const found = await pathLengthRule.run({ installation: { home: `C:\\${'x'.repeat(180)}` }, platform: 'win32', ask: askSystem } as Context)
  expect(['passed', 'warning']).toContain(found?.status)
})

test('a file that another program holds for a moment is renamed over once it lets go', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-held-'))
  const [from, to] = [join(folder, 'new'), join(folder, 'old')]
  await writeFile(from, 'new')
  await writeFile(to, 'old')
  const script = "$f = [IO.File]::Open($env:HELD, 'Open', 'Read', 'None'); Write-Output 'held'; [void][Console]::In.ReadLine(); $f.Close()"
  const holder = spawn(whereIs('powershell.exe'), ['-NoProfile', '-Command', script], { env: { ...process.env, HELD: to }, stdio: ['pipe', 'pipe', 'ignore'] })
  await once(holder.stdout, 'data')
  const ended = once(holder, 'exit')
  let refused = 0
  const renamed = renameFile(from, to, {
    attempt: (...words) =>
      rename(...words).catch((thrown: unknown) => {
        if (refused++ === 0) holder.stdin.end('\n')
        throw thrown
      }),
  })
  await renamed
  await ended
  expect(refused).toBeGreaterThan(0)
  expect(await readFile(to, 'utf8')).toBe('new')
  await rm(folder, { recursive: true })
})
