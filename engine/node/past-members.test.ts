import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pastMembers } from './past-members.ts'

let logs: string
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
})
afterEach(() => rm(logs, { recursive: true, force: true }))

// Lines of 9.4.3.
const node = (name: string, id: string): string => `{${name}}{${id}}{OHdgGMhCTtaUbBVt8zb7Rg}{${name}}{127.0.0.1}{127.0.0.1:9300}{cdfhilmrstw}{9.4.3}{8000099-9094000}`
const line = (at: string, what: string): string => `[2026-11-30T${at},524][INFO ][o.e.c.c.NodeJoinExecutor ] [alpha] node-join: [${what}] with reason [joining]`
const [alpha, beta, gamma] = [node('alpha', 'EerCiC9fQ3yclY2_HUs3XQ'), node('beta', 'ItwAIlBqQEaDeXkLoCF5UQ'), node('gamma', 'h0UebG8NQhigETFsGpLZWw')]

test('every node that joined is named once, from the log of today and those before', async () => {
  await writeFile(join(logs, 'elasticsearch-2026-11-29-1.log'), `${line('19:00:00', alpha)}\n${line('19:10:00', beta)}\n`)
  await writeFile(join(logs, 'elasticsearch.log'), `${line('20:51:18', beta)}\n${line('20:53:14', gamma)}\n`)
  expect((await pastMembers(logs, 0)).map(({ name }) => name).toSorted()).toEqual(['alpha', 'beta', 'gamma'])
})

test('what was logged before this set-up does not count', async () => {
  await writeFile(join(logs, 'elasticsearch.log'), `${line('20:51:18', beta)}\n${line('20:53:14', gamma)}\n`)
  expect(await pastMembers(logs, Date.parse('2026-11-30T20:52:00'))).toEqual([{ id: 'h0UebG8NQhigETFsGpLZWw', name: 'gamma' }])
})

test('a folder without logs has none', async () => {
  expect(await pastMembers(join(logs, 'none'), 0)).toEqual([])
})
