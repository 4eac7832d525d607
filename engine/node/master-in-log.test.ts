import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followsMaster } from './master-in-log.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const found = '[2026-11-30T20:53:11,009][INFO ][o.e.c.s.ClusterApplierService] [gamma] master node changed {previous [], current [{alpha}{EerCiC9fQ3yclY2_HUs3XQ}]}, added {{alpha}}, term: 1, version: 20'
const lost = '[2026-11-30T20:54:11,009][INFO ][o.e.c.s.ClusterApplierService] [gamma] master node changed {previous [{alpha}{EerCiC9fQ3yclY2_HUs3XQ}], current []}, term: 1, version: 20'
const waits = '[2026-11-30T20:54:21,009][WARN ][o.e.c.c.ClusterFormationFailureHelper] [gamma] master not discovered or elected yet, an election requires a node with id [EerCiC9fQ3yclY2_HUs3XQ]'
const other = '[2026-11-30T20:54:31,009][INFO ][o.e.c.m.MetadataCreateIndexService] [gamma] [books] creating index'
const since = Date.parse('2026-11-30T20:52:00')

test.each([
  ['has found one', [found, other], true],
  ['has lost it', [found, lost, other], false],
  ['waits for one', [other, waits], false],
  ['has found one again', [found, lost, waits, found], true],
  ['says nothing of it', [other], null],
])('a node that %s is told by its log', async (_, lines, wanted) => {
  const log = join(folder, 'elasticsearch.log')
  await writeFile(log, `${lines.join('\n')}\n`)
  expect(await followsMaster(log, since)).toBe(wanted)
})

test('what was logged before its start does not count', async () => {
  const log = join(folder, 'elasticsearch.log')
  await writeFile(log, `${lost}\n`)
  expect(await followsMaster(log, Date.parse('2026-11-30T21:00:00'))).toBeNull()
})
