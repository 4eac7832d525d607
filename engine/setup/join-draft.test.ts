import { expect, test } from 'vitest'
import { readSettings } from '../preflight/settings.ts'
import { refuseHopeless } from './join-draft.ts'

test.each([
  ['discovery.type: single-node', 'join_alone'],
  ['cluster.initial_master_nodes: [alpha]', 'join_alone'],
  ['xpack.security.authc.realms.file.file1.enabled: false', 'join_file_realm_off'],
])('a home that says %s is not joined: it would end in vain', (text, code) => {
  expect(() => refuseHopeless(readSettings(text, {}))).toThrow(expect.objectContaining({ code }) as Error)
})

test('other settings are in no way', () => {
  expect(() => refuseHopeless(readSettings('node.name: beta\nxpack.security.authc.realms.file.file1.order: 0', {}))).not.toThrow()
})
