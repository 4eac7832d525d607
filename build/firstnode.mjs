#!/usr/bin/env node
// npm run -s firstnode -- COMMAND: builds the command line where its sources changed, silently, and becomes it.
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { endWith } from './end-with.mjs'
import { nodeExecutable } from './node-runtime.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

const words = process.argv.slice(2)

await endWith(async () => {
  await ensureBuilt(words.includes('wizard') ? ['renderer', 'host', 'cli'] : ['cli'])
  const main = inRoot('dist', 'cli', 'main.js')
  if (nodeExecutable() !== process.execPath) return run(nodeExecutable(), [main, ...words])
  process.argv[1] = main
  await import(pathToFileURL(main).href)
  return null
})
