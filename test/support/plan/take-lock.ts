import { mkdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { lockHome } from '../../../engine/plan/lock.ts'
import { Problem } from '../../../shared/problems/problem.ts'

/**
 * A process that locks a home: `take-lock.ts CONFIG once` holds the lock until it is killed; `take-lock.ts CONFIG N` takes it N times, each time seeing that
 * nobody else holds it (by a folder that only one can make), and tells `{held, together}`.
 */
const [config = '', how = 'once'] = process.argv.slice(2)

if (how === 'once') {
  await lockHome({ config })
  process.stdout.write('held\n')
  setInterval(() => undefined, 60_000)
} else {
  process.stdout.write(`${JSON.stringify(await takeOften(Number(how)))}\n`)
}

async function takeOften(times: number): Promise<{ held: number; together: number }> {
  const mark = join(config, 'held', 'mark')
  let held = 0
  let together = 0
  while (held < times) {
    const lock = await lockHome({ config }).catch((thrown: unknown) => {
      if (thrown instanceof Problem && thrown.code === 'busy') return null
      throw thrown
    })
    if (lock === null) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      continue
    }
    held++
    await mkdir(mark).catch(() => together++)
    await new Promise((resolve) => setImmediate(resolve))
    await rmdir(mark).catch(() => together++)
    await lock.release()
  }
  return { held, together }
}
