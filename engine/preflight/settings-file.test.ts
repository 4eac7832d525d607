import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHomeSettings } from '../installation/home-settings.ts'
import type { NodeHome } from '../node/launch-environment.ts'
import { takeSecrets } from '../secret-variables.ts'
import { readNodeSettings, readSettingsFile, readSettingsText, surroundingsOf } from './settings-file.ts'

let home: NodeHome

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-settings-'))
  home = { home: folder, config: join(folder, 'config'), layout: 'archive', runAs: null }
  await mkdir(home.config)
})
afterAll(() => rm(home.home, { recursive: true }))

const write = (text: string | Uint8Array): Promise<void> => writeFile(join(home.config, 'elasticsearch.yml'), text)
const env = { PATH: '/bin', RACK_TOKEN: 'r1', ELASTIC_PASSWORD: 'hunter2' }

test('every reader gives the placeholders the values that the node sees, without HOSTNAME in the environment as well', async () => {
  const text = 'node.name: ${HOSTNAME}\npath.data: ${path.home}/data\nnode.attr.rack: ${RACK_TOKEN}\nnode.attr.name: ${node.name}-1\n'
  await write(text)
  const wanted = { 'node.name': hostname(), 'path.data': `${home.home}/data`, 'path.home': home.home, 'node.attr.rack': 'r1', 'node.attr.name': `${hostname()}-1` }
  expect(Object.fromEntries((await readHomeSettings(home, { env })).settings)).toEqual(wanted)
  expect(Object.fromEntries((await readSettingsFile(home, { env })).settings ?? [])).toEqual(wanted)
  expect(Object.fromEntries(await readNodeSettings(home, text, { env }))).toEqual(wanted)
})

test('a known secret is there for a file that refers to it, and for no other', async () => {
  expect((await surroundingsOf(home, 'a: ${ELASTIC_PASSWORD}', { env })).env.ELASTIC_PASSWORD).toBe('hunter2')
  expect((await surroundingsOf(home, 'a: b', { env })).env).not.toHaveProperty('ELASTIC_PASSWORD')
})

test('a secret that was taken out of the environment is read, and quoted in no message', async () => {
  process.env.KIBANA_PASSWORD = 'sesame: open'
  takeSecrets()
  await write('a: "${KIBANA_PASSWORD}"\n')
  expect((await readHomeSettings(home)).settings.get('a')).toBe('sesame: open')
  await write('"a ${KIBANA_PASSWORD}": ~\n')
  const { problem } = await readSettingsFile(home)
  expect(problem).toMatchObject({ code: 'settings_null', message: expect.stringContaining('a ••••') as string })
  expect(`${problem?.message}${problem?.remedy}`).not.toContain('sesame')
})

test('what is given stands above the file', async () => {
  await write('http.port: 9200\na: ${http.port}\n')
  expect((await readHomeSettings(home, { given: { 'http.port': '9250' } })).settings.get('a')).toBe('9250')
})

test('a file that is not there is empty, one that is no text is refused with its line', async () => {
  await rm(join(home.config, 'elasticsearch.yml'))
  expect(await readSettingsFile(home)).toEqual({ settings: new Map([['path.home', home.home]]), problem: null })
  expect((await readHomeSettings(home)).trouble).toBe('missing')
  await expect(readSettingsText(join(home.config, 'elasticsearch.yml'))).rejects.toMatchObject({ code: 'settings_missing' })
  await write(Buffer.concat([Buffer.from('a: \uFFFD\nb: ä\nc: '), Buffer.from([0xff, 0x0a])]))
  expect((await readSettingsFile(home)).problem).toMatchObject({ code: 'settings_no_yaml', message: expect.stringContaining('line 3') as string })
  expect((await readHomeSettings(home)).trouble).toBe('broken')
  await write(Buffer.concat([Buffer.from('a: b\n'), Buffer.from([0xc3])]))
  expect((await readSettingsFile(home)).problem?.message).toContain('line 2')
})
