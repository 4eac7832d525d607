// Installs what the tests need beside npm's packages, and says what and why: node build/install-test-tools.mjs
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  await ensureInstalled()
  return run(nodeExecutable(), [inRoot('build', 'testing', 'install-tools.ts')], { cwd: inRoot() })
})
