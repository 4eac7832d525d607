import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import { callsOf, everyRound } from '../../support/deaths/rounds.ts'
import { scenariosOf } from '../../support/deaths/scenarios.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { lengthy } from '../../support/in-turn.ts'
import { long } from '../../support/long.ts'

// In the long run the failing calls have a file of their own, beside this one on another processor.
const placeOf = everyRound(long ? ['killed'] : ['killed', 'failed'])

for (const part of [0.9, 0.6, 0.3]) lengthy(`a home that was moved after a death, ${part} of the way through up, is put back where it is now`, async () => {
  const place = placeOf()
  const [up] = scenariosOf(place, { ver: '', adr: [], fgr: '', key: '' }).filter(({ name }) => name === 'up')
  if (up === undefined) throw new Error('there is no up')
  const calls = (await callsOf(up)).filter((call) => call.startsWith('change ')).length
  place.again('fresh')
  await place.run(up.args, { ...up.how, failpoints: { what: 'kill', at: Math.floor(part * calls) } })
  const moved = join(place.folder, 'moved')
  await rename(place.home, moved)
  const undone = await place.run(['undo', '--home', moved, '--yes', '--json'])
  expect(undone).toMatchObject({ code: 0 })
  // The folder itself has its times, which moving it leaves alone.
  expect(await folderTree(moved)).toEqual(await folderTree(join(place.folder, '..', 'kept', 'fresh', basename(place.home))))
})
