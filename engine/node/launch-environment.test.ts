import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchEnvironment, nodeHostName, unitVariables, type NodeHome } from './launch-environment.ts'

let old: NodeHome
let recent: NodeHome

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-launch-'))
  const at = (home: string): NodeHome => ({ home, config: join(home, 'config'), layout: 'archive', runAs: null })
  old = at(join(folder, 'old'))
  recent = at(join(folder, 'recent'))
  await mkdir(join(recent.home, 'lib', 'tools', 'server-launcher'), { recursive: true })
})
afterAll(() => rm(join(old.home, '..'), { recursive: true, force: true }))

const refers = new Set<string>()

describe('what the launchers of both majors make of an environment (seen with a Java that prints it)', () => {
  test('HOSTNAME, PWD, and no options of the JVM from elsewhere', async () => {
    const env = { PATH: '/bin', PWD: '/x', JAVA_TOOL_OPTIONS: '-y', _JAVA_OPTIONS: '-z', ES_JAVA_OPTS: '-q', RACK: 'r1' }
    for (const home of [old, recent]) {
      const made = await launchEnvironment(home, { env, refers, platform: 'linux' })
      expect(made).toMatchObject({ PATH: '/bin', HOSTNAME: hostname(), PWD: home.home, ES_JAVA_OPTS: '-q', RACK: 'r1' })
      expect(made).not.toHaveProperty('JAVA_TOOL_OPTIONS')
      expect(made).not.toHaveProperty('_JAVA_OPTIONS')
      expect(await launchEnvironment(home, { env: { HOSTNAME: 'given' }, refers, platform: 'linux' })).toMatchObject({ HOSTNAME: 'given' })
    }
  })

  test('from 9.4 on what the launcher found out, before that only where it was exported already', async () => {
    const found = { ES_HOME: recent.home, ES_PATH_CONF: recent.config, ES_DISTRIBUTION_TYPE: 'zip', JAVA: join(recent.home, 'jdk/bin/java'), JAVA_TYPE: 'bundled JDK' }
    expect(await launchEnvironment(recent, { env: {}, refers, platform: 'linux' })).toMatchObject(found)
    const made = await launchEnvironment(old, { env: { ES_HOME: '/elsewhere' }, refers, platform: 'linux' })
    expect(made).toMatchObject({ ES_HOME: old.home })
    for (const name of ['ES_PATH_CONF', 'ES_DISTRIBUTION_TYPE', 'JAVA', 'JAVA_TYPE']) expect(made).not.toHaveProperty(name)
    expect(await launchEnvironment(recent, { env: { ES_JAVA_HOME: '/jdk' }, refers, platform: 'linux' })).toMatchObject({ ES_JAVA_HOME: '/jdk', JAVA: '/jdk/bin/java', JAVA_TYPE: 'ES_JAVA_HOME' })
  })

  test('on Windows the name of the computer, and names in the spelling of the file', async () => {
    const windows: NodeHome = { home: 'C:\\es', config: 'C:\\es\\config', layout: 'archive', runAs: null }
    const made = await launchEnvironment(windows, { env: { ComputerName: 'PC', HOSTNAME: 'other', Rack: 'r1' }, refers: new Set(['RACK', 'hostname', 'NOPE']), platform: 'win32' })
    expect(made).toMatchObject({ HOSTNAME: 'PC', hostname: 'PC', RACK: 'r1', ES_HOME: 'C:\\es', ES_JAVA_HOME: 'C:\\es\\jdk', JAVA: 'C:\\es\\jdk\\bin\\java.exe' })
    expect(made).not.toHaveProperty('NOPE')
  })
})

test('a package has what its unit says, and nothing of the caller', async () => {
  const home: NodeHome = { ...recent, layout: 'package', runAs: { name: 'elasticsearch', uid: 4711, gid: 4711, groups: [4711] } }
  const ask = () => Promise.resolve('Environment=ES_PATH_CONF=/etc/elasticsearch RACK=r2 "SHELF=a \\"b\\""\n')
  const made = await launchEnvironment(home, { env: { RACK: 'r1', CALLER: 'x' }, refers, ask, platform: 'linux' })
  expect(made).toMatchObject({ RACK: 'r2', SHELF: 'a "b"', HOSTNAME: hostname(), USER: 'elasticsearch', ES_DISTRIBUTION_TYPE: 'deb' })
  expect(made).not.toHaveProperty('CALLER')
  expect(await launchEnvironment(home, { refers, ask: () => Promise.reject(new Error('no systemd')), platform: 'linux' })).toMatchObject({ ES_SD_NOTIFY: 'true', ES_PATH_CONF: recent.config })
})

test('the words of systemd are taken apart as it puts them together', () => {
  expect(unitVariables('Environment=\n')).toEqual({})
  expect(unitVariables('Environment=A=b=c "D=e f" G= H\n')).toEqual({ A: 'b=c', D: 'e f', G: '' })
})

test('the name of the host is what the launcher of each system exports', () => {
  expect(nodeHostName({ HOSTNAME: 'a', COMPUTERNAME: 'b' }, 'linux')).toBe('a')
  expect(nodeHostName({ HOSTNAME: 'a', COMPUTERNAME: 'b' }, 'win32')).toBe('b')
  expect(nodeHostName({ COMPUTERNAME: 'b' }, 'linux')).toBe(hostname())
})
