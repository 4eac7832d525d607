import { expect, test } from 'vitest'
import { renameFile } from './rename-file.ts'

const refusing = (times: number, code: string) => {
  const tries = { count: 0 }
  const attempt = (): Promise<void> => (tries.count++ < times ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve())
  return { tries, attempt }
}

test('on Windows a file that a scanner holds for a moment is renamed once it lets go', async () => {
  const { tries, attempt } = refusing(3, 'EPERM')
  await renameFile('a', 'b', { platform: 'win32', attempt })
  expect(tries.count).toBe(4)
})

test('elsewhere, and for other errors, a refusal is told at once', async () => {
  const elsewhere = refusing(1, 'EPERM')
  await expect(renameFile('a', 'b', { platform: 'linux', attempt: elsewhere.attempt })).rejects.toMatchObject({ code: 'EPERM' })
  const other = refusing(1, 'ENOENT')
  await expect(renameFile('a', 'b', { platform: 'win32', attempt: other.attempt })).rejects.toMatchObject({ code: 'ENOENT' })
  expect([elsewhere.tries.count, other.tries.count]).toEqual([1, 1])
})
