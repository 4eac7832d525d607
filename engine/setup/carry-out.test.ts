import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { beginKeys } from '../security/keys.ts'
import { carryOut, endInFailure } from './carry-out.ts'
import type { Draft } from './draft.ts'
import { LiveSetup } from './live-setup.ts'

let config: string
beforeEach(async () => {
  config = await realpath(await mkdtemp(join(tmpdir(), 'firstnode-config-')))
})
afterEach(() => rm(config, { recursive: true }))

test('a cancel while keys are made does not wait for them', async () => {
  const installation = { home: config, config, data: [], logs: join(config, 'logs'), version: '9.4.3', layout: 'archive', runAs: null } as unknown as Installation
  const keys = beginKeys({ make: () => new Promise(() => undefined) })
  const live = new LiveSetup({ home: config }, config, 'first-node', Date.now(), null)
  const done = carryOut(live, { installation, keys } as unknown as Draft)
  live.controller.abort()
  await done
  expect(live.state).toMatchObject({ stage: 'cancelled', problem: { code: 'cancelled' }, putBack: 'Every file is as it was before.' })
})

test('what is cancelled and could not be put back is not told as cancelled, which would mean that all is as before', async () => {
  const live = new LiveSetup({ home: config }, config, 'joining', Date.now(), null)
  live.controller.abort()
  await endInFailure(live, {} as Installation, live.controller.signal.reason, () => Promise.reject(problem('undo_last_copies', { indices: 'books' })))
  expect(live.state).toMatchObject({ stage: 'failed', problem: { code: 'undo_last_copies' }, putBack: 'It was being cancelled. What was begun is still there, and can be taken up again or undone.' })
})

test('what failed and could not be put back tells both', async () => {
  const live = new LiveSetup({ home: config }, config, 'joining', Date.now(), null)
  const failed = problem('join_not_admitted', { cluster: 'grown', seconds: 60, why: 'the cluster does not list it.' })
  await endInFailure(live, {} as Installation, failed, () => Promise.reject(problem('stop_failed', { pid: 7, seconds: 30 })))
  expect(live.state).toMatchObject({ stage: 'failed', problem: { code: 'stop_failed' }, putBack: expect.stringContaining(`since this had failed: ${failed.message} What was begun is still there`) as string })
})
