import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { beginKeys } from '../security/keys.ts'
import { carryOut } from './carry-out.ts'
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
