import { expect, test } from 'vitest'
import { nextConfig, type Voting } from './voting.ts'

// What a real master chooses is compared in test/integration/enroll/votes.long.test.ts
const cluster = (change: Partial<Voting>): Voting => ({ config: ['a'], live: ['a'], excluded: [], master: 'a', autoShrink: true, ...change })

test.each([
  ['one node votes for itself', cluster({}), ['a']],
  ['of two nodes the master alone votes', cluster({ live: ['a', 'b'] }), ['a']],
  ['three nodes vote', cluster({ live: ['a', 'b', 'c'] }), ['a', 'b', 'c']],
  ['of four nodes three vote, those that do already', cluster({ config: ['a', 'b', 'd'], live: ['a', 'b', 'c', 'd'] }), ['a', 'b', 'd']],
  ['five nodes vote', cluster({ config: ['a', 'b', 'c'], live: ['a', 'b', 'c', 'd', 'e'] }), ['a', 'b', 'c', 'd', 'e']],
  ['one of three that is down keeps its vote', cluster({ config: ['a', 'b', 'c'], live: ['a', 'b'] }), ['a', 'b', 'c']],
  ['one of three that is excluded loses it', cluster({ config: ['a', 'b', 'c'], live: ['a', 'b', 'c'], excluded: ['c'] }), ['a', 'b']],
  ['after that the master alone votes', cluster({ config: ['a', 'b'], live: ['a', 'b'] }), ['a']],
  ['a master that is excluded hands its vote on', cluster({ live: ['a', 'b'], excluded: ['a'] }), ['b']],
  ['nothing changes where every node would be excluded', cluster({ config: ['b'], live: ['a', 'b'], excluded: ['a', 'b'], master: 'b' }), ['b']],
  ['nothing changes where those that are up would not be a majority', cluster({ config: ['a', 'b', 'c'], live: ['b', 'c'], excluded: ['c'], master: 'b' }), ['a', 'b', 'c']],
  ['without shrinking, a node that is down keeps its vote', cluster({ config: ['a', 'b', 'c', 'd', 'e'], live: ['a', 'b', 'c'], autoShrink: false }), ['a', 'b', 'c', 'd', 'e']],
  ['with shrinking, three votes are enough', cluster({ config: ['a', 'b', 'c', 'd', 'e'], live: ['a', 'b', 'c'] }), ['a', 'b', 'c']],
] as const)('%s', (_, voting, wanted) => {
  expect(nextConfig(voting).toSorted()).toEqual([...wanted])
})
