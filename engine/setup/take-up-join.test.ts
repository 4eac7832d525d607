import { beforeEach, expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { waitUntilAnswering } from '../cluster/wait-until-answering.ts'
import { findNode } from '../node/find-node.ts'
import type { SetupRecord } from '../plan/record.ts'
import { startAndProve } from './carry-out.ts'
import { endJoined } from './carry-out-join.ts'
import { LiveSetup } from './live-setup.ts'
import { dataWasFormed } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'
import { takeUpJoin } from './take-up-join.ts'

// What a start does is tested on real nodes; here only what is started, kept and taken back.
vi.mock('../cluster/wait-until-answering.ts', () => ({ waitUntilAnswering: vi.fn(() => Promise.resolve()) }))
vi.mock('../node/find-node.ts', () => ({ findNode: vi.fn(() => Promise.resolve(null)) }))
const ca = { path: '/es/config/certs/http_ca.crt', fingerprint: 'f' }
vi.mock('../security/http-ca.ts', () => ({ readCalledNode: () => Promise.resolve({ ca, tls: { caPem: 'PEM' } }) }))
vi.mock('./address-of.ts', () => ({ addressOf: () => Promise.resolve({ url: 'https://localhost:9201', secured: true }) }))
vi.mock('./node-traces.ts', () => ({ dataWasFormed: vi.fn(() => Promise.resolve(true)) }))
vi.mock('./take-back-join.ts', () => ({ takeBackJoin: vi.fn(() => Promise.resolve('Every file is as it was before.')) }))
vi.mock('./carry-out-join.ts', () => ({ endJoined: vi.fn(() => Promise.resolve()) }))
vi.mock('./carry-out.ts', async (original) => ({ ...(await original<typeof import('./carry-out.ts')>()), startAndProve: vi.fn(() => Promise.resolve()) }))

beforeEach(() => void vi.clearAllMocks())

const installation = { home: '/es', config: '/es/config' } as unknown as Installation
const record = { joining: true, facts: { nodeName: 'beta', clusterName: 'grown' } } as unknown as SetupRecord
const password = new Secret('of the keystore')
const begin = (): LiveSetup => new LiveSetup({ home: '/es' }, '/es/config', 'joining', 0, null)

test('a node that had run is started with the password of its keystore, and is kept once the cluster lists it', async () => {
  const live = begin()
  vi.mocked(endJoined).mockImplementationOnce((_, __, { start }) => start())
  await takeUpJoin(live, installation, record, password)
  expect(startAndProve).toHaveBeenCalledWith(live, installation, null, password, { joins: true })
  expect(endJoined).toHaveBeenCalledWith(live, installation, { clusterName: 'grown', nodeName: 'beta', start: expect.any(Function) as unknown })
})

test('a node that runs, and may have been started a moment ago, is waited for until it answers', async () => {
  vi.mocked(findNode).mockResolvedValue({ name: 'beta' } as unknown as RunningNode)
  vi.mocked(endJoined).mockImplementationOnce((_, __, { start }) => start())
  await takeUpJoin(begin(), installation, record, null)
  expect(startAndProve).not.toHaveBeenCalled()
  expect(waitUntilAnswering).toHaveBeenCalledWith(expect.objectContaining({ url: 'https://localhost:9201', caPem: 'PEM', password: null }))
  vi.mocked(findNode).mockResolvedValue(null)
})

test('a node that may have been in the cluster for long is never taken back for not being listed now: it may hold data that is nowhere else', async () => {
  vi.mocked(findNode).mockResolvedValue({ name: 'beta' } as unknown as RunningNode)
  vi.mocked(endJoined).mockRejectedValueOnce(problem('join_not_admitted', { cluster: 'grown', seconds: 60, why: 'the cluster does not list it.' }))
  await expect(takeUpJoin(begin(), installation, record, null)).rejects.toMatchObject({ code: 'join_not_admitted' })
  expect(startAndProve).not.toHaveBeenCalled()
  expect(takeBackJoin).not.toHaveBeenCalled()
  vi.mocked(findNode).mockResolvedValue(null)
})

test('where the node had not run everything is put back, since the token is in nobody’s memory any more', async () => {
  vi.mocked(dataWasFormed).mockResolvedValueOnce(false)
  const live = begin()
  await takeUpJoin(live, installation, null, null)
  expect(live.state).toMatchObject({ stage: 'failed', problem: { code: 'join_interrupted' }, putBack: 'Every file is as it was before.' })
})
