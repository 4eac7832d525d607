import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { javaCommand } from './java-command.ts'

let home = ''

beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'firstnode-java-')), 'a "home" $x & more')
  await mkdir(join(home, 'lib', 'tools', 'server-cli'), { recursive: true })
})

afterEach(() => rm(join(home, '..'), { recursive: true, force: true }))

function installed(more: Partial<Installation> = {}): Installation {
  const java = { home: '/jdk', executable: '/jdk/bin/java', major: 21, version: '21', source: 'ES_JAVA_HOME' as const }
  return {
    home,
    config: join(home, 'config'),
    version: '8.16.6',
    layout: 'archive',
    java,
    javaTrouble: null,
    javaNeeds: { min: 17, max: 23 },
    ...more,
  } as Installation
}

test('up to 9.3 the launcher of the tools is told to be the server', () => {
  const command = javaCommand(installed(), ['-d'], {})
  expect(command.executable).toBe('/jdk/bin/java')
  expect(command.args).toContain('-Dcli.name=server')
  expect(command.args).toContain(`-Des.path.home=${home}`)
  expect(command.args.slice(-2)).toEqual(['org.elasticsearch.launcher.CliToolLauncher', '-d'])
  expect(command.cwd).toBe(home)
})

test('where lib/tools has a server launcher, that one is used with what it wants in its environment', async () => {
  await mkdir(join(home, 'lib', 'tools', 'server-launcher'))
  const command = javaCommand(installed(), ['-d'], { CLI_JAVA_OPTS: '-Dx=1' })
  expect(command.args.slice(-2)).toEqual(['org.elasticsearch.server.launcher.ServerLauncher', '-d'])
  expect(command.args).toContain('-Dx=1')
  expect(command.env).toMatchObject({ ES_HOME: home, ES_PATH_CONF: join(home, 'config'), JAVA: '/jdk/bin/java', JAVA_TYPE: 'ES_JAVA_HOME', ES_JAVA_HOME: '/jdk' })
})

test('what would change the JVM behind its back does not come along', () => {
  const { env } = javaCommand(installed(), [], { JAVA_TOOL_OPTIONS: '-x', _JAVA_OPTIONS: '-y', ES_JAVA_OPTS: '-Xmx1g' })
  expect(env).toMatchObject({ ES_JAVA_OPTS: '-Xmx1g' })
  expect(env).not.toHaveProperty('JAVA_TOOL_OPTIONS')
  expect(env).not.toHaveProperty('_JAVA_OPTIONS')
})

test('with the bundled JDK no ES_JAVA_HOME leads elsewhere', () => {
  const java = { home: join(home, 'jdk'), executable: join(home, 'jdk', 'bin', 'java'), major: 23, version: '23', source: 'bundled' as const }
  const { env, args } = javaCommand(installed({ java }), [], { ES_JAVA_HOME: '/other' })
  expect(env).not.toHaveProperty('ES_JAVA_HOME')
  expect(args).toContain('-Des.java.type=bundled JDK')
})

test('a node name from HOSTNAME is as the shell would give it', () => {
  expect(javaCommand(installed(), [], { HOSTNAME: 'given' }).env.HOSTNAME).toBe('given')
  expect(javaCommand(installed(), [], {}).env.HOSTNAME).not.toBe('')
})

test('on Windows paths and class path are divided its way', () => {
  const command = javaCommand(installed({ home: 'C:\\es 9', config: 'C:\\es 9\\config' }), [], {}, 'win32')
  expect(command.args).toContain('C:\\es 9\\lib\\*;C:\\es 9\\lib\\cli-launcher\\*')
  expect(command.args).toContain('-Des.path.home=C:\\es 9')
})

test('on Windows names of variables have no case: what must not come along does not, and nothing is there twice', () => {
  const env = { Java_Tool_Options: '-x', es_java_home: 'C:\\other', Es_Path_Conf: 'C:\\elsewhere', ComputerName: 'HERE', Cli_Java_Opts: '-Dx=1' }
  const command = javaCommand(installed({ home: 'C:\\es', config: 'C:\\es\\config' }), [], env, 'win32')
  expect(command.env).toMatchObject({ ES_PATH_CONF: 'C:\\es\\config', ES_JAVA_HOME: '/jdk', HOSTNAME: 'HERE' })
  const names = Object.keys(command.env).map((name) => name.toUpperCase())
  expect(names).not.toContain('JAVA_TOOL_OPTIONS')
  expect(names).toHaveLength(new Set(names).size)
  expect(command.args).toContain('-Dx=1')
})

test('on Windows the bundled JDK is named to what is started, as its script does', () => {
  const java = { home: 'C:\\es & co\\jdk', executable: 'C:\\es & co\\jdk\\bin\\java.exe', major: 25, version: '25', source: 'bundled' as const }
  const command = javaCommand(installed({ java, home: 'C:\\es & co', config: 'C:\\es & co\\config' }), ['-q'], {}, 'win32')
  expect(command).toMatchObject({ executable: java.executable, cwd: 'C:\\es & co', env: { ES_JAVA_HOME: java.home } })
  expect(command.args.at(-1)).toBe('-q')
})

test('trouble with Java ends with its own code', () => {
  const javaTrouble = { code: 'java_too_old', message: 'too old', remedy: 'newer' }
  expect(() => javaCommand(installed({ javaTrouble }), [], {})).toThrow(expect.objectContaining({ code: 'java_too_old', remedy: 'newer' }))
  expect(() => javaCommand(installed({ java: null }), [], {})).toThrow(expect.objectContaining({ code: 'java_missing' }))
})
