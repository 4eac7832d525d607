import { applyPlan } from '../../../engine/plan/apply.ts'
import { withHomeLocked } from '../../../engine/plan/lock.ts'
import { recover } from '../../../engine/plan/recover.ts'
import { settle } from '../../../engine/plan/settled.ts'
import { undoFiles } from '../../../engine/plan/undo.ts'
import { asProblem } from '../../../shared/problems/problem.ts'
import { sampleOwner, samplePlan } from './sample-config.ts'

/** A process that does one thing with a plan that has every kind of change, under the lock of its folder: `carry-out.ts apply|settle|recover|undo CONFIG`. */
const [deed = '', config = ''] = process.argv.slice(2)

const work = withHomeLocked(config, async () => {
  if (deed === 'apply') await applyPlan(await samplePlan(config), { config, owner: sampleOwner })
  if (deed === 'settle') await settle(config)
  if (deed === 'recover') await recover(config)
  if (deed === 'undo') await undoFiles(config)
})
await work.catch((thrown: unknown) => {
  const { code, message } = asProblem(thrown)
  process.stdout.write(JSON.stringify({ error: { code, message } }))
  process.exitCode = 1
})
