import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OpenEngine } from './io.ts'

/** Loads the engine and calls its router in process. Imported only here and only now: `--help` and `--version` do without. */
export async function openEngine(): Promise<OpenEngine> {
  const [{ createEngine }, { createRouterClient }] = await Promise.all([import('../engine/router.ts'), import('@orpc/server')])
  const opened = createEngine({ kind: 'cli', checkout: checkout() })
  return { engine: createRouterClient(opened.router), close: () => opened.close() }
}

/** The folder of the sources this runs from, built or not; null in an installed package. */
function checkout(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    if (isOurs(join(folder, 'package.json'))) return existsSync(join(folder, 'engine', 'router.ts')) ? folder : null
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
}

/** A built program has a package.json of its own below ours, which names nothing. */
function isOurs(path: string): boolean {
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { name?: string }).name === 'firstnode'
}
