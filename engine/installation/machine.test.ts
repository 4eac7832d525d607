import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { freemem, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskOf, maxMapCountOf, memoryOf } from './machine.ts'

let root = ''
const gigabyte = 2 ** 30

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'firstnode-machine-'))
  await put('proc/meminfo', 'MemTotal:       16777216 kB\nMemFree:         100 kB\nMemAvailable:    8388608 kB\n')
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

test('the disk of a path that is not there yet is that of the folder above it', async () => {
  const here = await diskOf(root)
  expect(here?.totalBytes).toBeGreaterThan(0)
  expect(await diskOf(join(root, 'not', 'yet'))).toMatchObject({ path: root, totalBytes: here?.totalBytes })
})

test('free memory is what the system could free, not what lies idle', async () => {
  expect(await memoryOf('linux', root)).toEqual({ freeBytes: 8 * gigabyte, totalBytes: 16 * gigabyte })
})

test('a control group of version 2 limits it, its own or one above, less the file pages it could drop', async () => {
  await put('proc/self/cgroup', '0::/outer/inner\n')
  await put('sys/fs/cgroup/outer/memory.max', String(4 * gigabyte))
  await put('sys/fs/cgroup/outer/memory.current', String(3 * gigabyte))
  await put('sys/fs/cgroup/outer/memory.stat', `anon 1\ninactive_file ${gigabyte}\n`)
  await put('sys/fs/cgroup/outer/inner/memory.max', 'max\n')
  expect(await memoryOf('linux', root)).toEqual({ freeBytes: 2 * gigabyte, totalBytes: 4 * gigabyte })
})

test('a control group of version 1 limits it as well, and its "no limit" does not', async () => {
  await put('proc/self/cgroup', '5:cpu,cpuacct:/x\n4:memory:/box\n')
  await put('sys/fs/cgroup/memory/box/memory.limit_in_bytes', String(2 * gigabyte))
  await put('sys/fs/cgroup/memory/box/memory.usage_in_bytes', String(gigabyte / 2))
  await put('sys/fs/cgroup/memory/memory.limit_in_bytes', '9223372036854771712')
  expect(await memoryOf('linux', root)).toEqual({ freeBytes: 1.5 * gigabyte, totalBytes: 2 * gigabyte })
})

test('vm.max_map_count is asked on Linux only', async () => {
  await put('proc/sys/vm/max_map_count', '65530\n')
  expect(await maxMapCountOf('linux', root)).toBe(65_530)
  expect(await maxMapCountOf('linux', join(root, 'nothing'))).toBeNull()
  expect(await maxMapCountOf('darwin', root)).toBeNull()
})

test('where there is no /proc the numbers of the system are taken', async () => {
  const { freeBytes, totalBytes } = await memoryOf('win32')
  expect(totalBytes).toBe(totalmem())
  expect(Math.abs(freeBytes - freemem())).toBeLessThan(gigabyte)
})
