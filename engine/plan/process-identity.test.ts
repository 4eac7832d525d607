import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { processIdentity } from './process-identity.ts'

test('a running process has an identity that stays', async () => {
  const identity = await processIdentity(process.pid)
  expect(identity).toMatch(/\S/)
  expect(await processIdentity(process.pid)).toBe(identity)
  expect(await processIdentity(process.ppid)).not.toBe(identity)
})

test('a process that ended, and what is no pid, has none', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  expect(await processIdentity(child.pid ?? 0)).toBeNull()
  for (const odd of [0, -1, 1.5, Number.NaN]) expect(await processIdentity(odd)).toBeNull()
})

const linux = (stat: string) => ({
  platform: 'linux' as const,
  read: (path: string) => Promise.resolve(path.endsWith('boot_id') ? 'a-boot\n' : stat),
})
const fields = (state: string, started: string): string => [state, ...Array.from({ length: 18 }, (_, index) => String(index)), started, '0'].join(' ')

test('on Linux it is the boot and the tick it started at, whatever its name holds', async () => {
  expect(await processIdentity(7, linux(`7 (a) b ( c) ${fields('S', '4711')}`))).toBe('a-boot/4711')
  expect(await processIdentity(7, linux(`7 (zombie) ${fields('Z', '4711')}`))).toBeNull()
})

test('on macOS it is the whole time that ps tells', async () => {
  const asked: unknown[] = []
  const ps = (output: string) => ({
    platform: 'darwin' as const,
    run: (command: string, args: readonly string[]) => {
      asked.push([command, ...args])
      return Promise.resolve(output)
    },
  })
  expect(await processIdentity(7, ps('Ss   Tue Nov  3 10:11:12 2026    \n'))).toBe('Tue Nov 3 10:11:12 2026')
  expect(await processIdentity(7, ps('Z    Tue Nov  3 10:11:12 2026\n'))).toBeNull()
  expect(await processIdentity(7, ps('\n'))).toBeNull()
  expect(asked[0]).toEqual(['ps', '-o', 'stat=,lstart=', '-p', '7'])
})

test('on Windows it is the time that CIM tells', async () => {
  const cim = (output: string) => ({ platform: 'win32' as const, exists: () => true, run: () => Promise.resolve(output) })
  expect(await processIdentity(7, cim('2026-11-03T10:11:12.1234567Z\r\n'))).toBe('2026-11-03T10:11:12.1234567Z')
  expect(await processIdentity(7, cim(''))).toBeNull()
  expect(await processIdentity(7, { platform: 'win32', exists: () => true, run: () => Promise.reject(new Error('no such process')) })).toBeNull()
})

test('on Windows a number that no process has is not asked about', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const asked: string[] = []
  expect(await processIdentity(child.pid ?? 0, { platform: 'win32', run: (program) => Promise.resolve(String(asked.push(program))) })).toBeNull()
  expect(asked).toEqual([])
})
