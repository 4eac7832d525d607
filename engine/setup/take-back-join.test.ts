import { beforeEach, expect, test, vi } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { undoFiles } from '../plan/undo.ts'
import { endMembership } from './end-membership.ts'
import { removeTraces } from './node-traces.ts'
import { takeBackJoin } from './take-back-join.ts'

const done: string[] = []
vi.mock('./end-membership.ts', () => ({ endMembership: vi.fn() }))
vi.mock('../node/node-record.ts', () => ({ removeNodeRecord: vi.fn() }))
vi.mock('../plan/undo.ts', () => ({ undoFiles: vi.fn() }))
vi.mock('./node-traces.ts', () => ({ dataWasFormed: () => Promise.resolve(true), removeTraces: vi.fn() }))

const installation = { home: '/es', config: '/es/config' } as unknown as Installation
beforeEach(() => {
  done.length = 0
  vi.mocked(endMembership).mockImplementation(() => {
    done.push('left')
    return Promise.resolve({ stopped: true, left: null })
  })
  vi.mocked(removeTraces).mockImplementation(() => {
    done.push('data deleted')
    return Promise.resolve()
  })
  vi.mocked(undoFiles).mockImplementation(() => {
    done.push('files put back')
    return Promise.resolve({ restored: [], removed: [], merged: [], beside: [], kept: [] })
  })
})

test('its data goes once it has left the cluster', async () => {
  expect(await takeBackJoin(installation, true, null)).toBe('The node was stopped, the data it had formed is gone and every file is as it was before.')
  expect(done).toEqual(['left', 'data deleted', 'files put back'])
})

test('one that may not leave keeps its data', async () => {
  vi.mocked(endMembership).mockRejectedValue(problem('undo_last_copies', { indices: 'books' }))
  await expect(takeBackJoin(installation, true, null)).rejects.toMatchObject({ code: 'undo_last_copies' })
  expect(done).toEqual([])
})

test('what is left to do in the cluster is told with it', async () => {
  vi.mocked(endMembership).mockResolvedValue({ stopped: false, left: problem('vote_left', { node: 'beta', id: 'iD1' }) })
  const sentence = await takeBackJoin(installation, true, null)
  expect(sentence).toContain('may still count beta as a voter (ID iD1)')
  expect(sentence).toContain('POST /_cluster/voting_config_exclusions?node_ids=iD1')
})
