import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kibanaAddress } from './kibana-address.ts'
import { refuseMissing } from './kibana-guards.ts'
import { inspectKibana } from './kibana-home.ts'
import { connectedBy } from './kibana-settings.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

const inspect = (home: string, config?: string, env: NodeJS.ProcessEnv = {}) => inspectKibana({ home, ...(config === undefined ? {} : { config }) }, { env, platform: 'linux', root: join(home, 'nowhere') })

test('an unpacked Kibana has its settings and its data in itself', async () => {
  const home = await kibanaFolder({ launcher: '#!/bin/sh\n' })
  expect(await inspect(home)).toMatchObject({
    version: '9.4.3',
    layout: 'archive',
    settingsFile: join(home, 'config', 'kibana.yml'),
    data: join(home, 'data'),
    bytes: Buffer.from('# as it comes\n#server.port: 5601\n'),
    launcher: join(home, 'bin', 'kibana'),
  })
})

test('KBN_PATH_CONF, the config directory that was asked for, and path.data are honoured', async () => {
  const home = await kibanaFolder({ settings: null })
  await mkdir(join(home, 'elsewhere'))
  await writeFile(join(home, 'elsewhere', 'kibana.yml'), 'path:\n  data: state/kibana\n')
  const expected = { settingsFile: join(home, 'elsewhere', 'kibana.yml'), data: join(home, 'state', 'kibana') }
  expect(await inspect(home, undefined, { KBN_PATH_CONF: join(home, 'elsewhere') })).toMatchObject(expected)
  expect(await inspect(home, join(home, 'elsewhere'), { KBN_PATH_CONF: '/etc/other' })).toMatchObject(expected)
})

test('the package has its settings in /etc/kibana and its data in /var/lib/kibana, unless its environment file says otherwise', async () => {
  const root = await kibanaFolder()
  const home = join(root, 'usr', 'share', 'kibana')
  for (const folder of [home, join(root, 'etc', 'kibana'), join(root, 'etc', 'default')]) await mkdir(folder, { recursive: true })
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version: '8.16.6' }))
  const ask = () => inspectKibana({ home }, { env: { KBN_PATH_CONF: '/of/the/caller' }, platform: 'linux', root })
  expect(await ask()).toMatchObject({
    layout: 'package',
    config: join(root, 'etc', 'kibana'),
    data: join(root, 'var', 'lib', 'kibana'),
    bytes: null,
    launcher: null,
  })
  await writeFile(join(root, 'etc', 'default', 'kibana'), 'KBN_HOME="/usr/share/kibana"\nKBN_PATH_CONF="/srv/kibana"\n')
  expect(await ask()).toMatchObject({ config: '/srv/kibana' })
})

test('environment variables are resolved as Kibana does: path.data, port, host, hosts', async () => {
  const settings = [
    'path.data: "${STATE}/kibana"',
    'server.port: ${PORT:5605}',
    'server.host: ${HOST_NAME}',
    'elasticsearch.hosts: ["http://${ES:localhost}:9200"]',
  ]
  const home = await kibanaFolder({ settings: settings.join('\n') })
  const found = await inspect(home, undefined, { STATE: join(home, 'state'), HOST_NAME: 'kibana.local' })
  expect(found).toMatchObject({ data: join(home, 'state', 'kibana'), missing: [] })
  expect(kibanaAddress(found.settings).url).toBe('http://kibana.local:5605')
  expect(connectedBy(found.settings)).toBeNull()
})

test('the environment file of the package sets variables before the caller does', async () => {
  const root = await kibanaFolder()
  const home = join(root, 'usr', 'share', 'kibana')
  const at = (...parts: string[]): string => join(root, 'etc', ...parts)
  for (const folder of [home, at('kibana'), at('default')]) await mkdir(folder, { recursive: true })
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version: '8.16.6' }))
  await writeFile(at('kibana', 'kibana.yml'), 'path.data: ${STATE}\n')
  await writeFile(at('default', 'kibana'), 'STATE=/srv/state\n')
  const found = await inspectKibana({ home }, { env: { STATE: '/of/the/caller' }, platform: 'linux', root })
  expect(found.data).toBe('/srv/state')
})

test('a variable that is not set is refused in path.data, and elsewhere at the start', async () => {
  const home = await kibanaFolder({ settings: 'path.data: ${STATE}\n' })
  await expect(inspect(home)).rejects.toMatchObject({
    code: 'kibana_variable_missing',
    message: expect.stringMatching(/STATE \(in path\.data\)/) as string,
  })
  await writeFile(join(home, 'config', 'kibana.yml'), 'server.port: ${PORT}\n')
  const found = await inspect(home)
  expect(found.missing).toEqual([{ setting: 'server.port', variable: 'PORT' }])
  expect(() => refuseMissing(found)).toThrow(expect.objectContaining({ code: 'kibana_variable_missing' }) as Error)
})

test('a kibana.yml that is a link to nothing is told as such, and never taken for none', async () => {
  const home = await kibanaFolder({ settings: null })
  await symlink('missing.yml', join(home, 'config', 'kibana.yml'))
  await expect(inspect(home)).rejects.toMatchObject({
    code: 'kibana_settings_unreadable',
    message: expect.stringContaining('a link to a file that does not exist') as string,
  })
})

test('Windows starts kibana.bat', async () => {
  const home = await kibanaFolder()
  await writeFile(join(home, 'bin', 'kibana.bat'), '')
  expect(await inspectKibana({ home }, { env: {}, platform: 'win32', root: '/nowhere' })).toMatchObject({ launcher: join(home, 'bin', 'kibana.bat') })
})

test('a folder of something else is refused', async () => {
  const home = await kibanaFolder()
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'elasticsearch', version: '9.4.3' }))
  await expect(inspect(home)).rejects.toMatchObject({ code: 'not_kibana' })
  await expect(inspect(join(home, 'missing'))).rejects.toMatchObject({ code: 'not_kibana' })
})
