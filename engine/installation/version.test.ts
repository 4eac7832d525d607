import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isHome, suitableVersionOf, versionOf, versionOfJar } from './version.ts'
import { wholeHome } from './whole-home.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-version-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function home(path: string, ...jars: string[]): Promise<string> {
  await mkdir(join(path, 'lib'), { recursive: true })
  for (const jar of jars) await writeFile(join(path, 'lib', jar), '')
  return path
}

test('the version stands in the name of the jar, also for snapshots and release candidates', () => {
  expect(versionOfJar('elasticsearch-9.4.3.jar')).toEqual({ text: '9.4.3', major: 9, minor: 4, patch: 3 })
  expect(versionOfJar('elasticsearch-10.0.0-SNAPSHOT.jar')).toMatchObject({ text: '10.0.0-SNAPSHOT', major: 10 })
  expect(versionOfJar('elasticsearch-8.0.0-rc2.jar')).toMatchObject({ text: '8.0.0-rc2', major: 8 })
  expect(versionOfJar('elasticsearch-core-9.4.3.jar')).toBeNull()
  expect(versionOfJar('opensearch-2.1.0.jar')).toBeNull()
})

test('a folder that is no Elasticsearch is refused, and the home nearby is named', async () => {
  await expect(versionOf(folder)).rejects.toMatchObject({ code: 'not_elasticsearch' })
  const inside = await home(join(folder, 'elasticsearch-9.4.3'), 'elasticsearch-9.4.3.jar')
  await expect(versionOf(folder)).rejects.toThrow(expect.objectContaining({ code: 'not_elasticsearch', remedy: expect.stringContaining(inside) as string }) as Error)
  await mkdir(join(inside, 'bin'))
  await expect(versionOf(join(inside, 'bin'))).rejects.toThrow(expect.objectContaining({ remedy: expect.stringContaining(inside) as string }) as Error)
})

test('a version older than 8.0 is refused, but still told', async () => {
  await home(folder, 'elasticsearch-7.17.29.jar')
  expect(await versionOf(folder)).toMatchObject({ text: '7.17.29' })
  await expect(suitableVersionOf(folder)).rejects.toMatchObject({ code: 'version_too_old' })
})

test('two versions unpacked over one another are refused', async () => {
  await home(folder, 'elasticsearch-8.16.6.jar', 'elasticsearch-9.4.3.jar')
  expect(await isHome(folder)).toBe(true)
  await expect(versionOf(folder)).rejects.toMatchObject({ code: 'mixed_versions' })
})

test('a home without its launcher or without the security module is not whole', async () => {
  await home(folder, 'elasticsearch-9.4.3.jar')
  await expect(wholeHome(folder)).rejects.toMatchObject({ code: 'home_incomplete' })
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin', process.platform === 'win32' ? 'elasticsearch.bat' : 'elasticsearch'), '')
  await expect(wholeHome(folder)).rejects.toThrow('x-pack-security')
  await mkdir(join(folder, 'modules', 'x-pack-security'), { recursive: true })
  expect(await wholeHome(`${folder}/`)).toBe(folder)
})

test('a folder that is not there, and a file in its place, are told apart', async () => {
  await expect(wholeHome(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'folder_unreadable' })
  await writeFile(join(folder, 'file'), '')
  await expect(wholeHome(join(folder, 'file'))).rejects.toMatchObject({ code: 'not_elasticsearch' })
})
