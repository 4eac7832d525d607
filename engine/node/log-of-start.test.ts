import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logOfStart } from './log-of-start.ts'

let logs: string
const at = (name: string): string => join(logs, name)
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'firstnode-logs-'))
})
afterEach(() => rm(logs, { recursive: true }))

test('the log of the server tells most, where this start has written one', async () => {
  await writeFile(at('firstnode-start.out'), 'repeats it')
  await writeFile(at('firstnode-start.err'), 'warning')
  await writeFile(at('elasticsearch_server.json'), '{}\n')
  expect(await logOfStart(logs)).toBe(at('elasticsearch_server.json'))
})

test('a start of which Java did not come up is told by what was printed, not by the log of an earlier one', async () => {
  await writeFile(at('elasticsearch_server.json'), '{}\n')
  await utimes(at('elasticsearch_server.json'), 1, 1)
  await writeFile(at('firstnode-start.out'), '')
  await writeFile(at('firstnode-start.err'), 'Multiple garbage collectors selected\n')
  expect(await logOfStart(logs)).toBe(at('firstnode-start.err'))
  await writeFile(at('firstnode-start.err'), '')
  await writeFile(at('firstnode-start.out'), 'said here')
  expect(await logOfStart(logs)).toBe(at('firstnode-start.out'))
})

test('a node that was started otherwise has its own log alone, and an empty folder none', async () => {
  expect(await logOfStart(logs)).toBeNull()
  await writeFile(at('elasticsearch.log'), 'x\n')
  expect(await logOfStart(logs)).toBe(at('elasticsearch.log'))
})
