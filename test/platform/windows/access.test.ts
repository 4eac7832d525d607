import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeToOthers, ownNumber, readAccess, whatIsOpen } from '../../../engine/plan/close-to-others.ts'
import { askSystem } from '../../../engine/system/ask-system.ts'

let folder = ''
let trusted: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode & ünïcødé '))
  trusted = [await ownNumber(), 'S-1-5-32-544', 'S-1-5-18']
  // Everybody may read here, and all that is made here says so: what a home directly below C:\ has.
  await askSystem('icacls.exe', [folder, '/grant', '*S-1-1-0:(OI)(CI)R', '/q'])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file that everybody could read is closed, and the caller still reads it', async () => {
  const file = join(folder, 'keystore')
  await writeFile(file, 'secret')
  expect(whatIsOpen(await readAccess(file), trusted)).not.toBeNull()
  await closeToOthers(file, 'file')
  expect(whatIsOpen(await readAccess(file), trusted)).toBeNull()
  expect(await readFile(file, 'utf8')).toBe('secret')
})

test('what is made in a closed folder is closed, and the folder around it is as it was', async () => {
  const around = await readAccess(folder)
  const certs = join(folder, 'certs')
  await mkdir(certs)
  await closeToOthers(certs, 'folder')
  await writeFile(join(certs, 'http.p12'), 'secret')
  const list = await readAccess(join(certs, 'http.p12'))
  expect(whatIsOpen(list.replace(/^D:[A-Z]*/, 'D:P'), trusted)).toBeNull()
  expect(await readAccess(folder)).toBe(around)
})

test('a file that is not there ends with words', async () => {
  await expect(closeToOthers(join(folder, 'nothing'), 'file')).rejects.toMatchObject({ code: 'access_not_closed' })
})
