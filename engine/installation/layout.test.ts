import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAssignments } from './env-file.ts'
import { isPackaged, layoutOf } from './layout.ts'

let root = ''
let home = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'firstnode-layout-'))
  home = join(root, 'usr', 'share', 'elasticsearch')
  await mkdir(join(home, 'bin'), { recursive: true })
})
afterEach(() => rm(root, { recursive: true }))

async function distribution(type: string, envFile?: { name: string; text: string }): Promise<void> {
  await writeFile(join(home, 'bin', 'elasticsearch-env'), `#!/bin/bash\nES_DISTRIBUTION_TYPE=${type}\n`)
  if (envFile === undefined) return
  await mkdir(join(root, 'etc', envFile.name), { recursive: true })
  await writeFile(join(root, 'etc', envFile.name, 'elasticsearch'), envFile.text)
}

test('an unpacked archive keeps its settings in config', async () => {
  await distribution('tar')
  expect(await layoutOf({ home, env: {}, root })).toEqual({ kind: 'archive', config: join(home, 'config'), configSource: 'layout', packageEnv: {} })
  expect(await isPackaged(home)).toBe(false)
})

test('the deb and the rpm keep theirs where their environment file says', async () => {
  await distribution('deb', { name: 'default', text: 'ES_PATH_CONF=/etc/elasticsearch\nES_JAVA_HOME="/opt/jdk"\n' })
  expect(await layoutOf({ home, env: {}, root })).toMatchObject({ kind: 'package', config: '/etc/elasticsearch', packageEnv: { ES_JAVA_HOME: '/opt/jdk' } })
  await distribution('rpm', { name: 'sysconfig', text: '# ES_PATH_CONF=/elsewhere\n' })
  expect(await layoutOf({ home, env: {}, root })).toMatchObject({ kind: 'package', config: join(root, 'etc', 'elasticsearch') })
})

test('the ES_PATH_CONF of the caller is not that of a service, what was asked for is', async () => {
  await distribution('deb', { name: 'default', text: 'ES_PATH_CONF=/etc/elasticsearch\n' })
  const env = { ES_PATH_CONF: '/home/me/conf' }
  expect(await layoutOf({ home, env, root })).toMatchObject({ config: '/etc/elasticsearch', configSource: 'layout' })
  expect(await layoutOf({ home, config: '/asked', env, root })).toMatchObject({ config: '/asked', configSource: 'asked' })
})

test('what was asked for comes before ES_PATH_CONF, and that before the layout', async () => {
  await distribution('tar')
  const env = { ES_PATH_CONF: 'conf' }
  expect(await layoutOf({ home, config: '/asked', env, root })).toMatchObject({ config: '/asked', configSource: 'asked' })
  expect(await layoutOf({ home, env, root })).toMatchObject({ config: resolve('conf'), configSource: 'ES_PATH_CONF' })
})

test('an environment file is read as systemd reads it', () => {
  expect(readAssignments(`# A=1\nA=2\r\nB="with space"\nC=\n export D='x'\nno assignment`)).toEqual({ A: '2', B: 'with space', D: 'x' })
})
