import { expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { findNode } from '../node/find-node.ts'
import { lookAtKeystore } from '../preflight/keystore-look.ts'
import { dataWasFormed } from './node-traces.ts'
import { refuseLockedTakeUp } from './refuse-locked.ts'

vi.mock('../node/find-node.ts', () => ({ findNode: vi.fn(() => Promise.resolve(null)) }))
vi.mock('../preflight/keystore-look.ts', () => ({ lookAtKeystore: vi.fn() }))
vi.mock('./node-traces.ts', () => ({ dataWasFormed: vi.fn(() => Promise.resolve(true)) }))

const installation = { home: '/es' } as unknown as Installation
const locked = { path: '/k', file: 'readable', names: null, problem: problem('keystore_locked', { path: '/k' }) } as const

test('a node that has run and whose keystore is locked is refused before anything is begun', async () => {
  vi.mocked(lookAtKeystore).mockImplementation((_, password) => Promise.resolve(password === null ? locked : { ...locked, problem: null }))
  await expect(refuseLockedTakeUp(installation, null)).rejects.toMatchObject({ code: 'keystore_locked' })
  await expect(refuseLockedTakeUp(installation, new Secret('right'))).resolves.toBeUndefined()
})

test('one that runs, or never ran, is not started, and its keystore is no matter', async () => {
  vi.mocked(lookAtKeystore).mockResolvedValue(locked)
  vi.mocked(findNode).mockResolvedValueOnce({ name: 'beta' } as unknown as RunningNode)
  await expect(refuseLockedTakeUp(installation, null)).resolves.toBeUndefined()
  vi.mocked(dataWasFormed).mockResolvedValueOnce(false)
  await expect(refuseLockedTakeUp(installation, null)).resolves.toBeUndefined()
})
