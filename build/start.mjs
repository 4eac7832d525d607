// npm start: installs what is missing, builds what changed, starts the wizard. Runs on Node 20 with nothing installed.
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { chooseHost } from './choose-host.mjs'
import { endWith } from './end-with.mjs'
import { ensureInstalled } from './installed.mjs'
import { nodeExecutable, runsOnWanted } from './node-runtime.mjs'
import { mayOffer, offerDesktop } from './offer-desktop.mjs'
import { inRoot } from './root.mjs'
import { run } from './run.mjs'

await endWith(async () => {
  const surroundings = { platform: process.platform, env: process.env, uid: process.getuid?.() ?? null, argv: process.argv.slice(2) }
  if (mayOffer({ ...surroundings, terminal: process.stdin.isTTY && process.stderr.isTTY })) {
    await ensureInstalled()
    await offerDesktop()
  }
  const host = chooseHost(surroundings)
  if (host.name === 'browser' && host.why !== null) process.stderr.write(host.why)
  await ensureBuilt(host.parts)
  if (host.name === 'electron') return run(host.executable, [inRoot(host.main), ...process.argv.slice(2)])
  if (!runsOnWanted() && nodeExecutable() !== process.execPath) return run(nodeExecutable(), [inRoot(host.main), ...process.argv.slice(2)])
  // In this very process: one Node less to start and to keep.
  process.argv[1] = inRoot(host.main)
  await import(pathToFileURL(inRoot(host.main)).href)
  return null
})
