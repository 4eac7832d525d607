// npm run bench: measures stock and ours side by side, into docs/benchmarks.md.
import { ensureBuilt } from './build.mjs'
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  await ensureInstalled()
  await ensureBuilt(['renderer', 'host', 'cli'])
  return run(nodeExecutable(), [inRoot('test', 'bench', 'main.ts'), ...process.argv.slice(2)], { cwd: inRoot() })
})
