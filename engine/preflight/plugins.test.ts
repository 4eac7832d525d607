import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPlugins } from './plugins.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firstnode-plugins-'))
  await mkdir(join(home, 'plugins'))
  await mkdir(join(home, 'modules', 'x-pack-core'), { recursive: true })
})
afterEach(() => rm(home, { recursive: true }))

const java = { home: '/java', executable: '/java/bin/java', major: 21, version: '21.0.1', source: 'bundled' as const }
const whole = { name: 'odd', description: 'd', version: '1', 'elasticsearch.version': '9.4.3', 'java.version': '17', classname: 'org.example.Odd' }

async function plugin(change: Record<string, string | undefined> = {}, more: { folder?: string; file?: string; jar?: boolean } = {}): Promise<void> {
  const folder = join(home, 'plugins', more.folder ?? 'odd')
  await mkdir(folder, { recursive: true })
  const lines = Object.entries({ ...whole, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
  await writeFile(join(folder, more.file ?? 'plugin-descriptor.properties'), lines.join('\n'))
  if (more.jar !== false) await writeFile(join(folder, 'odd.jar'), '')
}

async function found(platform: NodeJS.Platform = 'linux'): Promise<{ names: readonly string[]; codes: string[]; messages: string }> {
  const { names, problems } = await readPlugins({ home, version: '9.4.3', java }, platform)
  return { names, codes: problems.map(({ code }) => code), messages: problems.map(({ message, remedy }) => `${message} ${remedy}`).join('\n') }
}

const stable = { file: 'stable-plugin-descriptor.properties' }
const asStable = { classname: undefined, 'elasticsearch.version': '9.0.0' }

test('a home without plugins, without the folder, and with one that fits is fine', async () => {
  expect(await found()).toMatchObject({ names: [], codes: [] })
  await plugin({ 'extended.plugins': 'x-pack-core', licensed: 'true', modulename: '' })
  await plugin({ ...asStable, name: 'steady' }, { ...stable, folder: 'steady' })
  expect(await found()).toMatchObject({ names: ['odd', 'steady'], codes: [] })
  await rm(join(home, 'plugins'), { recursive: true })
  expect(await found()).toMatchObject({ names: [], codes: [] })
})

// Each ended a start of 8.16.6 or 9.4.3.
test.each<[string, string, () => Promise<unknown>]>([
  ['another version', 'plugin_other_version', () => plugin({ 'elasticsearch.version': '9.4.2' })],
  ['another major, stable', 'plugin_other_version', () => plugin({ ...asStable, 'elasticsearch.version': '8.19.0' }, stable)],
  ['a newer version, stable', 'plugin_other_version', () => plugin({ ...asStable, 'elasticsearch.version': '9.5.0' }, stable)],
  ['another Java', 'plugin_other_java', () => plugin({ 'java.version': '99' })],
  ['a Java that is no version', 'plugin_broken', () => plugin({ 'java.version': 'x' })],
  ['no name', 'plugin_broken', () => plugin({ name: undefined })],
  ['no class', 'plugin_broken', () => plugin({ classname: undefined })],
  ['an unknown property', 'plugin_broken', () => plugin({ strange: 'x' })],
  ['a flag that is none', 'plugin_broken', () => plugin({ licensed: 'maybe' })],
  ['both descriptors', 'plugin_broken', async () => { await plugin(); await plugin(asStable, stable) }],
  ['no jar', 'plugin_broken', () => plugin({}, { jar: false })],
  ['a dependency that is missing', 'plugin_dependency', () => plugin({ 'extended.plugins': 'nothing' })],
  ['the same name twice', 'plugin_twice', async () => { await plugin(); await plugin({}, { folder: 'again' }) }],
  ['a zip', 'plugin_not_one', () => writeFile(join(home, 'plugins', 'odd-9.4.3.zip'), '')],
  ['a folder without a descriptor', 'plugin_not_one', () => mkdir(join(home, 'plugins', 'odd'))],
  ['what an installation left', 'plugin_not_one', () => mkdir(join(home, 'plugins', '.installing-123'))],
  ['a hidden folder', 'plugin_not_one', () => mkdir(join(home, 'plugins', '.git'))],
  ['a .DS_Store that is not of macOS', 'plugin_not_one', () => writeFile(join(home, 'plugins', '.DS_Store'), '')],
  ['what a removal left', 'plugin_removal_unfinished', () => writeFile(join(home, 'plugins', '.removing-odd'), '')],
])('a plugin with %s ends the start: %s', async (_, code, make) => {
  await make()
  const { codes, messages } = await found()
  expect(codes[0]).toBe(code)
  expect(messages).toContain(join(home, 'plugins'))
})

test('what Elasticsearch passes over is passed over', async () => {
  await writeFile(join(home, 'plugins', '.elasticsearch-plugins.yml.cache'), '')
  expect((await found()).codes).toEqual([])
  await writeFile(join(home, 'plugins', '.DS_Store'), '')
  expect((await found('darwin')).codes).toEqual([])
  expect((await found('linux')).codes).toEqual(['plugin_not_one'])
})

test('the remedy names the plugin by the name that the tool takes', async () => {
  await plugin({ name: 'analysis-icu', 'elasticsearch.version': '8.0.0' }, { folder: 'icu' })
  expect((await found()).messages).toMatch(/8\.0\.0.*9\.4\.3.*elasticsearch-plugin remove analysis-icu/s)
})
