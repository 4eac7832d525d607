import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspectKibana } from './kibana-home.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

const inspect = (home: string, config?: string, env: NodeJS.ProcessEnv = {}) => inspectKibana({ home, ...(config === undefined ? {} : { config }) }, { env, platform: 'linux', root: join(home, 'nowhere') })

test('an unpacked Kibana has its settings and its data in itself', async () => {
  const home = await kibanaFolder({ launcher: '#!/bin/sh\n' })
  expect(await inspect(home)).toMatchObject({
    version: '9.4.3',
    layout: 'archive',
    settingsFile: join(home, 'config', 'kibana.yml'),
    data: join(home, 'data'),
    text: '# as it comes\n#server.port: 5601\n',
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
  expect(await ask()).toMatchObject({ layout: 'package', config: join(root, 'etc', 'kibana'), data: join(root, 'var', 'lib', 'kibana'), text: null, launcher: null })
  await writeFile(join(root, 'etc', 'default', 'kibana'), 'KBN_HOME="/usr/share/kibana"\nKBN_PATH_CONF="/srv/kibana"\n')
  expect(await ask()).toMatchObject({ config: '/srv/kibana' })
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
