import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { admissionInLog } from './admission.ts'

let logs: string
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
})
afterEach(() => rm(logs, { recursive: true, force: true }))

// Lines of 9.4.3 and 8.16.6, which write them alike.
const began = '[2026-11-30T20:52:21,713][INFO ][o.e.n.Node               ] [gamma] node name [gamma], node ID [h0UebG8NQhigETFsGpLZWw], cluster name [elasticsearch], roles [ingest, master, data]'
const bound = '[2026-11-30T20:52:59,424][INFO ][o.e.t.TransportService   ] [gamma] publish_address {127.0.0.1:9301}, bound_addresses {[::1]:9301}, {127.0.0.1:9301}'
const waits = '[2026-11-30T20:53:09,011][WARN ][o.e.c.c.ClusterFormationFailureHelper] [gamma] master not discovered yet: have discovered [{gamma}{h0UebG8NQhigETFsGpLZWw}]'
const found = '[2026-11-30T20:53:11,009][INFO ][o.e.c.s.ClusterApplierService] [gamma] master node changed {previous [], current [{alpha}{EerCiC9fQ3yclY2_HUs3XQ}{p0bqTRg4QW-wiaXr2JBJbQ}{alpha}{127.0.0.1}{127.0.0.1:21301}{cdfhilmrstw}{9.4.3}]}, added {{alpha}}, term: 1, version: 20'
const lost = '[2026-11-30T20:54:11,009][INFO ][o.e.c.s.ClusterApplierService] [gamma] master node changed {previous [{alpha}{EerCiC9fQ3yclY2_HUs3XQ}], current []}, term: 1, version: 20'
const since = Date.parse('2026-11-30T20:52:00')

test.each([
  ['a node that has just begun', [began], { listened: false, foundMaster: false }],
  ['one that listens, and waits for a master', [began, bound, waits], { listened: true, foundMaster: false }],
  ['one that a master has counted in', [began, bound, found], { listened: true, foundMaster: true }],
  ['one that has lost its master since', [began, bound, found, lost], { listened: true, foundMaster: true }],
])('%s is told by its log', async (_, lines, wanted) => {
  await writeFile(join(logs, 'elasticsearch.log'), `${lines.join('\n')}\n`)
  expect(await admissionInLog(logs, since)).toEqual({ nodeId: 'h0UebG8NQhigETFsGpLZWw', ...wanted })
})

test('what an earlier run has logged does not count', async () => {
  await writeFile(join(logs, 'elasticsearch.log'), `${[began, bound, found].join('\n')}\n`)
  expect(await admissionInLog(logs, Date.parse('2026-11-30T21:00:00'))).toEqual({ nodeId: null, listened: false, foundMaster: false })
})

test('where there is no log, nothing is known', async () => {
  expect(await admissionInLog(logs, since)).toBeNull()
})
