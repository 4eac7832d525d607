import { stat } from 'node:fs/promises'
import { makeTemporaryUser, temporaryUserPlan } from '../../engine/cluster/temporary-user.ts'
import { applyPlan } from '../../engine/plan/apply.ts'
import { lockHome } from '../../engine/plan/lock.ts'
import { rollBack } from '../../engine/plan/roll-back.ts'

/**
 * A process that lets a temporary superuser in and takes it away again, as `withFileRealmSuperuser` does, and kills itself without a word before step
 * number STEP of it: `let-in-and-die.ts CONFIG STEP`. Says `finished` where it got through.
 */
const [config = '', dieAt = '0'] = process.argv.slice(2)

let step = 0
const beforeStep = async (): Promise<void> => {
  if (step++ < Number(dieAt)) return
  process.kill(process.pid, 'SIGKILL')
  // the signal may take a moment: nothing is done in it
  await new Promise(() => undefined)
}

const { uid, gid } = await stat(config)
const owner = process.platform === 'win32' ? null : { uid, gid }
const lock = await lockHome({ config })
await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), owner), { config, owner, beforeStep })
await rollBack(config, { beforeStep })
await lock.release()
process.stdout.write('finished\n')
