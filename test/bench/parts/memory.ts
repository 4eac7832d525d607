import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { nodeExecutable } from '../../../build/node-runtime.mjs'
import { startProduct } from '../../e2e/running-host.ts'
import { mustEnd } from '../leftovers.ts'
import type { Part } from '../part.ts'
import { resident } from '../resident.ts'
import { openBrowser, paintWizard } from '../wizard-page.ts'

export const memoryPart: Part = {
  name: 'memory',
  title: 'Memory of the idle browser host',
  about: 'Resident memory of the process behind `npm start`, after a page came, was used as far as its first step, and went, once it has settled. 1 MB is 1,000,000 bytes.',
  times: 1,
  open: async () => {
    const { browser, close } = await openBrowser()
    return {
      close,
      measures: [
        {
          id: 'idle',
          what: 'after a page came and went',
          unit: 'MB',
          goals: [{ most: 75, limit: 'Node itself takes half of it (last row).' }],
          take: () =>
            withHost(async ({ pid, address }) => {
              await paintWizard(browser, address)
              return settled(pid)
            }),
        },
        { id: 'fresh', what: 'before any page came', unit: 'MB', take: () => withHost(({ pid }) => settled(pid)) },
        { id: 'node', what: 'the limit: Node that only listens', unit: 'MB', take: bareNode },
      ],
    }
  },
}

async function withHost<T>(work: (host: Awaited<ReturnType<typeof startProduct>>) => Promise<T>): Promise<T> {
  const host = await startProduct()
  const end = mustEnd(() => host.end())
  try {
    return await work(host)
  } finally {
    await end()
  }
}

/** Resident memory in MB once it has moved less than one for two seconds. */
async function settled(pid: number): Promise<number> {
  const deadline = Date.now() + 30_000
  let since = Date.now()
  let at = await resident(pid)
  while (Date.now() - since < 2000) {
    if (Date.now() > deadline) throw new Error('Its memory does not come to rest.')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const now = await resident(pid)
    if (Math.abs(now - at) < 1) continue
    since = Date.now()
    at = now
  }
  return resident(pid)
}

async function bareNode(): Promise<number> {
  const child = spawn(nodeExecutable(), ['-e', "require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('listening'))"], { stdio: ['ignore', 'pipe', 'ignore'] })
  const end = mustEnd(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  try {
    await once(child.stdout, 'data')
    return await settled(child.pid ?? -1)
  } finally {
    await end()
  }
}
