import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitsHere, limitsOfService } from './process-limits.ts'

test.skipIf(process.platform === 'win32')('the limits are those that a shell of this process sees: of open files the hard one', () => {
  const shell = (option: string): number => {
    const said = execFileSync('sh', ['-c', `ulimit ${option}`], { encoding: 'utf8' }).trim()
    return said === 'unlimited' ? Infinity : Number(said)
  }
  expect(limitsHere()).toMatchObject({ openFiles: shell('-Hn'), virtualMemory: shell('-Sv') * 1024 })
})

test.skipIf(process.platform === 'win32')('a limit that was lowered beforehand is seen', () => {
  const look = `import('${join(import.meta.dirname, 'process-limits.ts')}').then(({ limitsHere }) => console.log(JSON.stringify(limitsHere())))`
  const said = execFileSync('sh', ['-c', 'ulimit -n 1024; ulimit -f 4096; ulimit -v 64000000; exec "$0" -e "$1"', process.execPath, look], { encoding: 'utf8' })
  expect(JSON.parse(said)).toMatchObject({ openFiles: 1024, fileSize: expect.any(Number) as number, virtualMemory: 64_000_000 * 1024 })
})

test('Windows knows none of them', () => {
  expect(Object.values(limitsHere('win32'))).toEqual([null, null, null, null, null])
})

test('of a package they are what systemd gives its service', async () => {
  const said = 'LimitNOFILE=65535\nLimitNPROCSoft=4096\nLimitASSoft=infinity\nLimitFSIZESoft=infinity\nLimitMEMLOCKSoft=8388608\n'
  expect(await limitsOfService(() => Promise.resolve(said))).toEqual({ openFiles: 65_535, threads: 4096, virtualMemory: Infinity, fileSize: Infinity, lockedMemory: 8_388_608 })
  expect(await limitsOfService(() => Promise.reject(new Error('no systemd')))).toMatchObject({ openFiles: null, threads: null })
})
