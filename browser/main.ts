#!/usr/bin/env node
import { existsSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine } from '../engine/router.ts'
import { takeSecrets } from '../engine/secret-variables.ts'
import { asProblem } from '../shared/problems/problem.ts'
import { announcement, anotherAddress } from './announce.ts'
import { readArguments, usage } from './arguments.ts'
import { startBrowserHost } from './host.ts'
import { openedTokenLife } from './keys.ts'
import { canOpenBrowser, openInBrowser } from '../engine/system/open-browser.ts'
import { inForeground, onEnter, onEnd } from './terminal.ts'

const here = dirname(fileURLToPath(import.meta.url))
const page = join(here, '..', 'renderer')
/** This runs as dist/host/main.js: in a checkout the sources lie two folders up. */
const checkout = existsSync(join(here, '..', '..', 'engine')) ? join(here, '..', '..') : null

takeSecrets()
await main(process.argv.slice(2)).catch((thrown: unknown) => {
  const { code, message, remedy, exit } = asProblem(thrown)
  if (process.argv.includes('--json')) writeSync(1, inJson({ error: { code, message, remedy } }))
  else writeSync(2, `${message}\n${remedy}\n`)
  process.exit(exit)
})

async function main(argv: readonly string[]): Promise<void> {
  const asked = readArguments(argv)
  if (asked.help) {
    process.stdout.write(`${usage}\n`)
    return
  }
  const engine = createEngine({ kind: 'browser', checkout })
  const tunnel = asked.port !== null
  const host = await startBrowserHost({
    router: engine.router,
    page,
    ...(asked.port === null ? {} : { port: asked.port }),
    tunnel,
  })
  let removeOpened = async (): Promise<void> => {}
  onEnd(async () => {
    await removeOpened()
    await engine.close()
    await host.close()
  })
  const address = host.newAddress()
  process.stdout.write(asked.json ? inJson({ address, port: host.port }) : `${announcement(address, tunnel ? { port: host.port, host: hostname() } : null)}\n`)
  if (!asked.json && inForeground()) onEnter(() => process.stdout.write(anotherAddress(host.newAddress())))
  const uid = process.getuid?.() ?? null
  if (asked.open && !tunnel && canOpenBrowser({ platform: process.platform, env: process.env, uid })) {
    const tellFailure = () => process.stderr.write('No browser could be opened: open the address above by hand.\n')
    const opened = await openInBrowser(host.newAddress(openedTokenLife), { life: openedTokenLife, onFailure: tellFailure })
    removeOpened = () => opened.remove()
  }
}

function inJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
