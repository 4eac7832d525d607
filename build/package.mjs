// npm run package: builds what is stale and packs the desktop application (what follows -- goes to build/package/main.ts).
import { ensureBuilt } from './build.mjs'
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  await ensureInstalled()
  await ensureBuilt(['renderer', 'electron'])
  return run(nodeExecutable(), [inRoot('build', 'package', 'main.ts'), ...process.argv.slice(2)], { cwd: inRoot() })
})
