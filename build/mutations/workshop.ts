import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ensureBuilt } from '../build.mjs'
import { nodeExecutable } from '../node-runtime.mjs'
import { electronDist } from '../package/electron-dist.ts'
import { inRoot } from '../root.mjs'
import { run } from '../run.mjs'
import { type Mutant, mutated } from './mutant.ts'

/** A copy of the checkout in which lines may be taken away. */
export interface Workshop {
  readonly folder: string
  /** Does `work` with the mutant in its file, and puts the file back. Throws where it does not stand there exactly once. */
  withMutant<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>
  /** Builds the desktop application anew from what the copy now says. Throws where it cannot be built. */
  buildDesktop(): Promise<void>
  remove(): Promise<void>
}

/** What of a checkout is not its sources. */
const apart = ['.git', 'node_modules', 'dist', 'test-results', 'playwright-report']

/** Copies the sources, and what is built of the window; packages are the checkout's own. */
export async function openWorkshop(): Promise<Workshop> {
  const program = (await electronDist(inRoot())).pinned ? 'electron' : 'electron-commonjs'
  await ensureBuilt(['renderer', program])
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-mutants-'))
  // The window runs as another account where the caller is root.
  await chmod(folder, 0o755)
  await cp(inRoot(), folder, { recursive: true, filter: (from) => !apart.includes(relative(inRoot(), from)) })
  for (const part of ['renderer', program]) await cp(inRoot('dist', part), join(folder, 'dist', part), { recursive: true })
  await symlink(inRoot('node_modules'), join(folder, 'node_modules'), 'junction')

  return {
    folder,
    async withMutant(mutant, work) {
      const file = join(folder, mutant.file)
      const text = await readFile(file, 'utf8')
      await writeFile(file, mutated(text, mutant))
      try {
        return await work()
      } finally {
        await writeFile(file, text)
      }
    },
    async buildDesktop() {
      const status = await run(nodeExecutable(), [join(folder, 'build', 'make-program.mjs'), program, join(folder, 'dist', program)], { cwd: folder, stdio: ['ignore', 2, 2] })
      if (status !== 0) throw new Error('It cannot be built with this mutant in it: see above.')
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
