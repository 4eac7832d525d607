import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { patiently, removeFolder, unlinkFile } from './patiently.ts'

test('on Windows what a scanner holds for ever is given up after two seconds, with its own reason', async () => {
  const began = Date.now()
  const held = Object.assign(new Error('held'), { code: 'EBUSY' })
  await expect(patiently(() => Promise.reject(held), 'win32')).rejects.toBe(held)
  expect(Date.now() - began).toBeLessThan(5000)
})

test('a file and an empty folder are removed; what is not there is told at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-patient-'))
  await writeFile(join(folder, 'a'), '')
  await unlinkFile(join(folder, 'a'))
  expect(await readdir(folder)).toEqual([])
  await removeFolder(folder)
  await expect(unlinkFile(join(folder, 'a'))).rejects.toMatchObject({ code: 'file_missing' })
  await rm(folder, { recursive: true, force: true })
})
