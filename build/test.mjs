// npm test: prepares, checks and tests everything (or the part that is named). Runs on Node 20 with nothing installed.
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  await ensureInstalled()
  return run(nodeExecutable(), [inRoot('build', 'testing', 'main.ts'), ...process.argv.slice(2)], { cwd: inRoot() })
})
