import { lstat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../test/support/plan/sample-config.ts'
import { applyPlan } from './apply.ts'
import { inOwnFolder } from './in-own-folder.ts'
import { changeRecord, readRecord, removeRecord, writeRecord, type SetupRecord } from './record.ts'
import { rollBack } from './roll-back.ts'
import { settle } from './settled.ts'
import { undoFiles } from './undo.ts'

let sample: Sample
let config: string
let record: Omit<SetupRecord, 'format'>

beforeEach(async () => {
  sample = await sampleConfig()
  config = sample.config
  record = {
    setupId: 'a-setup',
    target: { home: '/es', config },
    at: 1,
    facts: null,
  answers: {},
    stage: 'applied',
    files: [{ path: join(config, 'certs', 'http.p12'), sha256: 'ab' }],
    dataExisted: false,
    formedCluster: null,
    node: null,
  }
})
afterEach(() => sample.remove())

test('a record is read as it was written, in a file that only its owner reads', async () => {
  await writeRecord(config, record)
  expect(await readRecord(config)).toEqual({ ...record, format: 1 })
  const stat = await lstat(join(config, '.firstnode', 'setup.json'))
  const mode = process.platform === 'win32' ? 0o600 : stat.mode & 0o777
  expect({ mode, uid: stat.uid }).toEqual({ mode: 0o600, uid: sampleOwner?.uid ?? 0 })
})

test('where there is none it is null, and changing or removing it leaves no trace', async () => {
  const before = await folderTree(config)
  expect(await readRecord(config)).toBeNull()
  expect(await readRecord(join(config, 'nowhere'))).toBeNull()
  expect(await changeRecord(config, { stage: 'ready' })).toBeNull()
  await removeRecord(config)
  expect(await folderTree(config)).toEqual(before)
})

test('a change keeps the rest', async () => {
  await writeRecord(config, record)
  expect(await changeRecord(config, { stage: 'started', node: { pid: 7, identity: 'boot/1' } })).toMatchObject({ setupId: 'a-setup', stage: 'started', node: { pid: 7 } })
  expect(await changeRecord(config, { formedCluster: 'uuid' })).toMatchObject({ stage: 'started', formedCluster: 'uuid' })
})

test.each(['', '{', '{"format": 2}', '[]'])('a damaged record, or one of a newer format, is told: %s', async (text) => {
  await writeRecord(config, record)
  await writeFile(join(config, '.firstnode', 'setup.json'), text)
  await expect(readRecord(config)).rejects.toMatchObject({ code: 'record_unreadable' })
})

test('rolling back ends the record with the set-up; a plan that comes later does not', async () => {
  const plan = await samplePlan(config)
  const before = await folderTree(config)
  await applyPlan(plan, { config, owner: sampleOwner })
  await writeRecord(config, record)
  await rollBack(config)
  expect(await folderTree(config)).toEqual(before)

  await applyPlan(plan, { config, owner: sampleOwner })
  await writeRecord(config, record)
  await settle(config)
  await applyPlan({ kind: 'first-node', title: '', changes: [{ kind: 'delete', path: join(config, 'elasticsearch.yml'), note: '' }] }, { config, owner: sampleOwner })
  await rollBack(config)
  expect(await readRecord(config)).not.toBeNull()
  await undoFiles(config)
  expect(await folderTree(config)).toEqual(before)
})

test('removing the last that stood in .firstnode and leaving it gives the config directory its time back', async () => {
  const before = await folderTree(config)
  await writeRecord(config, record)
  await removeRecord(config)
  await inOwnFolder(config, undefined, () => Promise.resolve())
  expect(await folderTree(config)).toEqual(before)
})
