// npm run test:mutations: takes each line of security away in a copy of the checkout, and looks whether a test fails (what follows -- are words that a file or a mutant holds).
import { ensureBuilt } from './build.mjs'
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  await ensureInstalled()
  await ensureBuilt(['renderer', 'electron'])
  return run(nodeExecutable(), [inRoot('build', 'mutations', 'main.ts'), ...process.argv.slice(2)], { cwd: inRoot() })
})
