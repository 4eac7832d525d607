import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { problem } from '../shared/problems/problem.ts'

/**
 * Becomes the browser host, in this very process: from here on it listens to signals, and it ends the process. Never resolves.
 * `args` are those of `npm start`. Hosts do not know one another: it is found where it was built. Ends with `host_not_built`.
 */
export async function openWizard(args: readonly string[], here = dirname(fileURLToPath(import.meta.url))): Promise<never> {
  // In the npm package both are one folder, in a checkout each has its own.
  const main = [join(here, 'host.js'), join(here, '..', 'host', 'main.js')].find((path) => existsSync(path))
  if (main === undefined) throw problem('host_not_built', { folder: here })
  process.argv.splice(1, Number.POSITIVE_INFINITY, main, ...args)
  await import(pathToFileURL(main).href)
  return new Promise<never>(() => undefined)
}
