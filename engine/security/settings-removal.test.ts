import { expect, test } from 'vitest'
import { settingText } from '../preflight/settings.ts'
import { removeSettings } from './settings-removal.ts'
import { codeOf } from './testing/code-of.ts'

const enabled = 'xpack.security.enabled'
const seeds = 'discovery.seed_hosts'

test('what is taken out is no longer read, all else is', () => {
  const { text, settings, gone } = removeSettings('cluster.name: a\nxpack.security.enabled: false\nnode.roles: [ingest]\n', [enabled, 'node.roles'], {})
  expect(text).toBe('cluster.name: a\n#xpack.security.enabled: false\n#node.roles: [ingest]\n')
  expect([...settings]).toEqual([['cluster.name', 'a']])
  expect(gone.flatMap(({ names }) => names)).toEqual([enabled, 'node.roles'])
})

test('every spelling of a name goes: forced, by items of a list, twice', () => {
  expect(removeSettings('force.xpack.security.enabled: false\n', [enabled], {}).text).toBe('#force.xpack.security.enabled: false\n')
  expect(removeSettings('discovery.seed_hosts.0: a\ndiscovery.seed_hosts.1: b\nx.0: 1\n', [seeds], {}).text).toBe('#discovery.seed_hosts.0: a\n#discovery.seed_hosts.1: b\nx.0: 1\n')
  expect(removeSettings('xpack.security.enabled: false\nxpack:\n  security.enabled: true\n  b: 1\n', [enabled], {}).text).toBe(
    '#xpack.security.enabled: false\nxpack:\n  #security.enabled: true\n  b: 1\n',
  )
})

test('values may come from the environment, names in brackets too', () => {
  const env = { SEEDS: 'a, b', ONE: 'x' }
  expect(removeSettings('discovery.seed_hosts: ["${SEEDS}", ${ONE}]\nnode.name: ${ONE}\n', [seeds], env).text).toBe('#discovery.seed_hosts: ["${SEEDS}", ${ONE}]\nnode.name: ${ONE}\n')
})

test('a file that another setting of refers to what would go is refused', async () => {
  expect(await codeOf(() => removeSettings('node.roles: [data]\nnode.attr.x: ${node.roles}\n', ['node.roles'], {}))).toBe('settings_not_editable')
  expect(await codeOf(() => removeSettings('node.roles: [data]\nnode.attr.x: ${node.roles:none}\n', ['node.roles'], {}))).toBe('settings_not_editable')
})

test('a file that cannot be changed with care is refused', async () => {
  for (const text of [
    'xpack.security.enabled: &no false\na: *no\n',
    'a: &no false\nxpack.security.enabled: *no\n',
    'xpack.security: {enabled: false, # mine\n  other: 1}\n',
    // a name that comes from the environment
    '${NAME}: false\n',
    '---\nxpack.security.enabled: false\n',
  ]) {
    expect([text, await codeOf(() => removeSettings(text, [enabled], { NAME: enabled }))]).toEqual([text, 'settings_not_editable'])
  }
  expect(await codeOf(() => removeSettings('a: [\n', [enabled], {}))).toBe('settings_no_yaml')
})

test('what stands above the file is seen, and never taken for a setting of it', () => {
  const { settings } = removeSettings('path.data: ${path.home}/d\nxpack.security.enabled: false\n', [enabled], {}, { 'path.home': '/es' })
  expect(settingText(settings, 'path.data')).toBe('/es/d')
})
