import { expect, test } from 'vitest'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { Ask } from '../../system/ask-system.ts'
import type { Context, Finding, Rule } from '../check.ts'
import { readSettings } from '../settings.ts'
import { firewallRule } from './firewall.ts'
import { homePathRule } from './home-path.ts'
import { pathLengthRule } from './path-length.ts'
import { quarantineRule } from './quarantine.ts'
import { windowsServiceRule } from './windows-service.ts'

const nothing: Ask = (program) => Promise.reject(new Error(`${program} was not to be asked`))

function finding(rule: Rule, platform: NodeJS.Platform, home: string, more: { ask?: Ask; settings?: string; java?: Partial<Installation['java']> } = {}): Promise<Finding | null> | Finding | null {
  const { ask = nothing, settings = '', java = null } = more
  return rule.run({ installation: { home, java }, settings: readSettings(settings, {}), platform, ask } as Context)
}

test('other systems have none of these checks', async () => {
  for (const rule of [firewallRule, pathLengthRule, quarantineRule, windowsServiceRule]) expect(await finding(rule, 'linux', '/es')).toBeNull()
  expect(await finding(quarantineRule, 'win32', 'C:\\es')).toBeNull()
  expect(await finding(windowsServiceRule, 'darwin', '/es')).toBeNull()
})

test('the question of the firewall is foretold where the node listens for other machines, and only there', async () => {
  expect(await finding(firewallRule, 'win32', 'C:\\es')).toMatchObject({ status: 'warning', detail: expect.stringContaining('Windows may ask') })
  expect(await finding(firewallRule, 'darwin', '/es', { settings: 'network.host: _site_\n' })).toMatchObject({ status: 'warning', detail: expect.stringContaining('macOS may ask') })
  expect(await finding(firewallRule, 'win32', 'C:\\es', { settings: 'http.host: [127.0.0.1, _local_]\n' })).toMatchObject({ status: 'passed' })
})

const service = (state: string, account: string): Ask => () =>
  Promise.resolve(JSON.stringify({ name: 'es', state, account, command: 'C:\\es\\bin\\elasticsearch-service-x64.exe //RS//es' }))

test('a service of Windows that runs the home blocks, one that is stopped is named with its account', async () => {
  expect(await finding(windowsServiceRule, 'win32', 'C:\\es', { ask: service('Running', 'LocalSystem') })).toMatchObject({ status: 'blocks', code: 'windows_service_runs' })
  expect(await finding(windowsServiceRule, 'win32', 'C:\\es', { ask: service('Stopped', '.\\jürgen') })).toMatchObject({ status: 'warning', detail: expect.stringContaining('.\\jürgen') })
  expect(await finding(windowsServiceRule, 'win32', 'C:\\es', { ask: () => Promise.resolve('') })).toMatchObject({ status: 'passed' })
})

test('the mark of a quarantine is seen on the home and on its Java, and the way out keeps blanks and quotes', async () => {
  const marked = (path: string, value: string): Ask => (program, args) => (program === 'xattr' && args.at(-1) === path ? Promise.resolve(`${value}\n`) : Promise.reject(new Error('No such xattr')))
  const home = "/Users/x/it's here"
  const java = { source: 'bundled', executable: `${home}/jdk.app/Contents/Home/bin/java` } as const
  const value = '0083;65f1a2b3;Safari;9E1C6D0A-0000-0000-0000-000000000000'
  expect(await finding(quarantineRule, 'darwin', home, { ask: marked(home, value) })).toMatchObject({ status: 'warning', remedy: expect.stringContaining("'/Users/x/it'\\''s here'") })
  expect(await finding(quarantineRule, 'darwin', home, { java, ask: marked(java.executable, value) })).toMatchObject({ status: 'warning', detail: expect.stringContaining('jdk.app') })
  expect(await finding(quarantineRule, 'darwin', home, { java, ask: marked('/elsewhere', value) })).toMatchObject({ status: 'passed' })
})

test('what the person has let run already is not in quarantine any more', async () => {
  expect(await finding(quarantineRule, 'darwin', '/es', { ask: () => Promise.resolve('00c3;65f1a2b3;Safari;9E1C\n') })).toMatchObject({ status: 'passed' })
})

test('a long path is told where Windows does not allow long paths, and blocks where nothing could run in it', async () => {
  const long = `C:\\${'x'.repeat(180)}`
  const registry = (value: string): Ask => () => Promise.resolve(`\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\FileSystem\r\n    LongPathsEnabled    REG_DWORD    ${value}\r\n`)
  expect(await finding(pathLengthRule, 'win32', 'C:\\es')).toMatchObject({ status: 'passed' })
  expect(await finding(pathLengthRule, 'win32', long, { ask: registry('0x0') })).toMatchObject({ status: 'warning' })
  expect(await finding(pathLengthRule, 'win32', long, { ask: registry('0x1') })).toMatchObject({ status: 'passed' })
  expect(await finding(pathLengthRule, 'win32', long)).toMatchObject({ status: 'warning' })
  expect(await finding(pathLengthRule, 'win32', `C:\\${'x'.repeat(250)}`)).toMatchObject({ status: 'blocks' })
})

test('a folder name that Java would take for two blocks; one on another machine is told', async () => {
  expect(await finding(homePathRule, 'win32', 'C:\\a;b')).toMatchObject({ status: 'blocks' })
  expect(await finding(homePathRule, 'win32', 'C:\\es 9')).toMatchObject({ status: 'passed' })
  expect(await finding(homePathRule, 'linux', '/srv/a:b')).toMatchObject({ status: 'blocks' })
  expect(await finding(homePathRule, 'win32', '\\\\server\\share\\es')).toMatchObject({ status: 'warning' })
})
