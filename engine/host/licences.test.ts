import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licencesShipped } from './licences.ts'

let dist: string
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'firstnode-dist-'))
})
afterEach(() => rm(dist, { recursive: true, force: true }))

const one = (name: string, version = '1.0.0') => ({ name, version, licence: 'MIT', text: 'text' })

async function part(name: string, licences: unknown): Promise<string> {
  await mkdir(join(dist, name, 'parts'), { recursive: true })
  await writeFile(join(dist, name, 'licences.json'), JSON.stringify(licences))
  return join(dist, name, 'parts')
}

test('the licences are those of the program that runs and of all that lies beside it, each once, by name', async () => {
  const program = await part('host', [one('zod'), one('ws')])
  await part('renderer', [one('react'), one('zod'), one('zod', '3.0.0')])
  await part('.host-4711', [one('half-built')])
  await mkdir(join(dist, 'empty'))
  expect((await licencesShipped(program)).map(({ name, version }) => `${name} ${version}`)).toEqual(['react 1.0.0', 'ws 1.0.0', 'zod 1.0.0', 'zod 3.0.0'])
  expect(await licencesShipped(join(dist, 'host'))).toHaveLength(4)
})

test('from the sources there is no list, and a list that is none is a fault', async () => {
  expect(await licencesShipped(join(dist, 'empty'))).toEqual([])
  expect(await licencesShipped()).toEqual([])
  await expect(licencesShipped(await part('host', [{ name: 'half' }]))).rejects.toThrow('version')
})
