import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import { recover } from '../../../engine/plan/recover.ts'
import { settle } from '../../../engine/plan/settled.ts'
import { undoFiles } from '../../../engine/plan/undo.ts'
import { sampleOwner, samplePlan } from './sample-config.ts'

/**
 * A process that does `apply`, `recover` or `undo` under the lock of the home and kills itself without a word before step number STEP:
 * `apply-and-die.ts DEED CONFIG STEP`. Says `finished` where it got through.
 */
const [deed = '', config = '', dieAt = '0'] = process.argv.slice(2)

let step = 0
const beforeStep = async (): Promise<void> => {
  if (step++ < Number(dieAt)) return
  process.kill(process.pid, 'SIGKILL')
  // the signal may take a moment: nothing is done in it
  await new Promise(() => undefined)
}

const lock = await lockHome({ config })
if (deed === 'apply') await applyPlan(await samplePlan(config), { config, owner: sampleOwner, beforeStep })
if (deed === 'recover') await recover(config, { beforeStep })
if (deed === 'undo') {
  await settle(config)
  await undoFiles(config, { beforeStep })
}
await lock.release()
process.stdout.write('finished\n')
