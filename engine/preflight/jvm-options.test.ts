import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jvmOptionsOf, placeOf, readJvmOptions } from './jvm-options.ts'

let config: string
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-options-'))
  await mkdir(join(config, 'jvm.options.d'))
})
afterEach(() => rm(config, { recursive: true }))

const file = (text: string, name = 'jvm.options') => writeFile(join(config, name), text)
const read = (major: number | null = 25, env = {}) => readJvmOptions({ config }, env, major)
const texts = async (major: number | null, env = {}): Promise<string[]> => (await jvmOptionsOf({ config }, env, major)).map(({ text }) => text)

test('options stand in the order in which the JVM is told them, and the environment comes last', async () => {
  await file('# a comment\n\n-Xms1g\r\n-Xmx1g\n')
  await file('-Xmx2g\n', 'jvm.options.d/b.options')
  await file('-Xmx3g\n', 'jvm.options.d/a.options')
  await file('-Xmx4g\n', 'jvm.options.d/c.txt')
  await file('-Xmx6g\n', 'jvm.options.d/.hidden.options')
  expect(await texts(25, { ES_JAVA_OPTS: ' -Xmx5g  -Xms5g ' })).toEqual(['-Xms1g', '-Xmx1g', '-Xmx6g', '-Xmx3g', '-Xmx2g', '-Xmx5g', '-Xms5g'])
})

test('each option is told with its file and line', async () => {
  await file('# a comment\n\n-Xms1g\n')
  const { options } = await read(25, { ES_JAVA_OPTS: '-Xmx5g' })
  expect(options.map(placeOf)).toEqual([`${join(config, 'jvm.options')}, line 3`, 'ES_JAVA_OPTS'])
})

test('lines for another Java are left out', async () => {
  await file('17:-Done\n17-:-Dtwo\n8-17:-Dthree\n21-:-Dfour\n-Dfive\n')
  expect(await texts(17)).toEqual(['-Done', '-Dtwo', '-Dthree', '-Dfive'])
  expect(await texts(25)).toEqual(['-Dtwo', '-Dfour', '-Dfive'])
  expect(await texts(null)).toHaveLength(5)
})

test.each(['Xmx1g', ' -Xmx1g', '\t-Xmx1g', '17-8:-Xmx1g', '17 -Xmx1g', '17:Xmx1g', '99999999999:-Xmx1g', '\ufeff# comment', '//-Xmx1g', '; -Xmx1g', '@args'])(
  'the line %j is no option, as Elasticsearch has it',
  async (line) => {
    await file(`-Xms1g\n${line}\n`)
    const { problem, options } = await read()
    expect(problem).toMatchObject({ code: 'jvm_options_malformed', message: expect.stringContaining('line 2') })
    expect(options.map(({ text }) => text)).toEqual(['-Xms1g'])
  },
)

test('all lines that are no options are named', async () => {
  await file('Xmx1g\n-Xms1g\nXss1m\n')
  expect((await read()).problem?.message).toMatch(/line 1, "Xmx1g"; line 3, "Xss1m"/)
})

test('two options in one line are one to Java, and a blank at the end is a part of it', async () => {
  await file('-Xms1g -Xmx1g\n-Xss1m \n')
  expect(await texts(25)).toEqual(['-Xms1g -Xmx1g', '-Xss1m '])
})

test('a file that is missing or a folder is told, also one in jvm.options.d', async () => {
  expect((await read()).problem).toMatchObject({ code: 'jvm_options_unreadable', message: expect.stringContaining('does not exist') })
  await file('')
  expect((await read()).problem).toBeNull()
  await symlink('nowhere', join(config, 'jvm.options.d', 'a.options'))
  expect((await read()).problem).toMatchObject({ code: 'jvm_options_unreadable', message: expect.stringContaining('a.options') })
  await rm(join(config, 'jvm.options.d', 'a.options'))
  await mkdir(join(config, 'jvm.options.d', 'b.options'))
  expect((await read()).problem?.message).toMatch(/b\.options is not a file/)
})
