import { join } from 'node:path'
import { lockHome } from '../../engine/plan/lock.ts'
import { smallJoin } from './small-join.ts'

/** A process that writes a node which joins, and kills itself without a word before step number STEP of it: `join-and-die.ts HOME USER STEP`. Says `finished` where it got through: then only the start is missing. */
const [home = '', user = '', dieAt = '0'] = process.argv.slice(2)

let step = 0
const beforeStep = async (): Promise<void> => {
  if (step++ < Number(dieAt)) return
  process.kill(process.pid, 'SIGKILL')
  // the signal may take a moment: nothing is done in it
  await new Promise(() => undefined)
}

const write = await smallJoin({ home, ...(user === '' ? {} : { user }) })
await write(await lockHome({ config: join(home, 'config') }), beforeStep)
process.stdout.write('finished\n')
