import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { inRoot } from '../../build/root.mjs'

/** The environment as a person has it: without the tools of this checkout on the path, and without what npm tells its scripts. */
export const personsEnvironment = Object.fromEntries(
  Object.entries({ ...process.env, PATH: (process.env.PATH ?? '').split(delimiter).filter((one) => !one.includes('node_modules')).join(delimiter) })
    .filter(([name]) => !/^npm_/i.test(name) && name !== 'NODE' && name !== 'DISPLAY' && name !== 'WAYLAND_DISPLAY'),
)

/** Copies what a clone of this checkout would hold, as it is in the working tree, into the folder `into`. */
export async function copyCheckout(into: string): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: inRoot(), maxBuffer: 1 << 26 })
  for (const file of stdout.split('\0').filter((one) => one !== '')) {
    await cp(inRoot(file), join(into, file), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      // Listed by git and removed in the working tree.
      if (error.code !== 'ENOENT') throw error
    })
  }
}
