import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jvmOptionsOf } from './jvm-options.ts'

let config: string
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-options-'))
  await mkdir(join(config, 'jvm.options.d'))
})
afterEach(() => rm(config, { recursive: true }))

const texts = async (major: number | null, env = {}): Promise<string[]> => (await jvmOptionsOf({ config }, env, major)).map(({ text }) => text)

test('options stand in the order in which the JVM is told them, and the environment comes last', async () => {
  await writeFile(join(config, 'jvm.options'), '# a comment\n\n-Xms1g\r\n-Xmx1g\n')
  await writeFile(join(config, 'jvm.options.d', 'b.options'), '-Xmx2g\n')
  await writeFile(join(config, 'jvm.options.d', 'a.options'), '  -Xmx3g  \n')
  await writeFile(join(config, 'jvm.options.d', 'c.txt'), '-Xmx4g\n')
  expect(await texts(25, { ES_JAVA_OPTS: ' -Xmx5g  -Xms5g ' })).toEqual(['-Xms1g', '-Xmx1g', '-Xmx3g', '-Xmx2g', '-Xmx5g', '-Xms5g'])
})

test('lines for another Java are left out', async () => {
  await writeFile(join(config, 'jvm.options'), '17:-Done\n17-:-Dtwo\n8-17:-Dthree\n21-:-Dfour\n-Dfive\n')
  expect(await texts(17)).toEqual(['-Done', '-Dtwo', '-Dthree', '-Dfive'])
  expect(await texts(25)).toEqual(['-Dtwo', '-Dfour', '-Dfive'])
  expect(await texts(null)).toHaveLength(5)
})
