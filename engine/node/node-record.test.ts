import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processIdentity } from '../plan/process-identity.ts'
import { findNode } from './find-node.ts'
import { readNodeRecord, removeNodeRecord, writeNodeRecord } from './node-record.ts'
import { stopNode } from './stop.ts'
import type { Installation } from '../../shared/contract/installation.ts'

let config = ''
const node = { pid: process.pid, name: 'n', version: '9.4.3', startedAt: 1, httpPort: 9200, logFile: '/es/logs/x.json' }

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-record-'))
})

afterEach(() => rm(config, { recursive: true, force: true }))

const installation = (): Installation => ({ home: join(config, 'no-home'), config, logs: config, version: '9.4.3', layout: 'archive' }) as Installation

test('what is written is read again, and only its owner may', async () => {
  await writeNodeRecord(config, { identity: 'here/5', node })
  expect(await readNodeRecord(config)).toMatchObject({ identity: 'here/5', node })
  expect((await stat(join(config, '.firstnode', 'node.json'))).mode & 0o777).toBe(0o600)
})

test('removing it leaves nothing behind', async () => {
  await writeNodeRecord(config, { identity: 'here/5', node })
  await removeNodeRecord(config)
  expect(await readdir(config)).toEqual([])
  await removeNodeRecord(config)
})

test('a torn or foreign record counts as none', async () => {
  await writeNodeRecord(config, { identity: 'here/5', node })
  await writeFile(join(config, '.firstnode', 'node.json'), (await readFile(join(config, '.firstnode', 'node.json'), 'utf8')).slice(0, 20))
  expect(await readNodeRecord(config)).toBeNull()
})

test('a recorded process is the node only as long as it is that very process, not one of the same number', async () => {
  await writeNodeRecord(config, { identity: (await processIdentity(process.pid)) ?? '', node })
  expect(await findNode(installation())).toEqual(node)
  await writeNodeRecord(config, { identity: 'another boot/17', node })
  expect(await findNode(installation())).toBeNull()
})

test('a process that only has the number of a stopped node is not stopped', async () => {
  await writeNodeRecord(config, { identity: 'another boot/17', node })
  await expect(stopNode({ installation: installation() })).rejects.toMatchObject({ code: 'not_running' })
  expect(await readNodeRecord(config)).toBeNull()
})
