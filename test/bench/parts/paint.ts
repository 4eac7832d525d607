import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inRoot } from '../../../build/root.mjs'
import { startProduct } from '../../e2e/running-host.ts'
import { mustEnd } from '../leftovers.ts'
import type { Part } from '../part.ts'
import { openBrowser, paintWizard } from '../wizard-page.ts'

const kilobyte = 1000

export const paintPart: Part = {
  name: 'paint',
  title: "The wizard's first step, usable",
  about:
    'In Chromium, from the navigation to the frame in which the primary button can be pressed, with nothing cached: the page, the session, the search for homes. The host runs already. 1 KB is 1000 bytes.',
  times: 2,
  open: async () => {
    const host = await startProduct()
    const endHost = mustEnd(() => host.end())
    const { browser, close } = await openBrowser().catch(async (thrown: unknown) => {
      await endHost()
      throw thrown
    })
    let address = host.address
    const paint = async () => {
      const painted = await paintWizard(browser, address)
      address = await host.another()
      return painted
    }
    // A first page of a fresh Chromium pays for its processes.
    await paint()
    return {
      close: async () => {
        await close()
        await endHost()
      },
      measures: [
        {
          id: 'usable',
          what: 'first step usable',
          unit: 'ms',
          goals: [{ most: 500, limit: 'Compiling and running React and Mantine, and then asking the host for what it found.' }],
          take: async () => (await paint()).ms,
        },
        {
          id: 'first',
          what: 'JavaScript of the first load, gzipped',
          unit: 'KB',
          goals: [{ most: 250, limit: 'React, Mantine, zod and oRPC.' }],
          take: async () => (await paint()).scriptBytes / kilobyte,
        },
        {
          id: 'all',
          what: 'JavaScript in all, gzipped',
          unit: 'KB',
          goals: [{ most: 250, limit: 'React, Mantine, zod and oRPC.' }],
          take: async () => (await bytesOf('.js.gz')) / kilobyte,
        },
      ],
    }
  },
}

async function bytesOf(ending: string): Promise<number> {
  const folder = inRoot('dist', 'renderer', 'assets')
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending))
  if (names.length === 0) throw new Error('The page is not built.')
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
