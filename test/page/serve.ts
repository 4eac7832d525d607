import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { startBrowserHost } from '../../browser/host.ts'
import type { Desktop } from '../../engine/host/desktop.ts'
import { inRoot } from '../../build/root.mjs'
import { type Scenario, scriptedEngine, type ScriptedEngine, scenarios } from './scripted-engine.ts'

export interface ServedPage {
  readonly engine: ScriptedEngine
  readonly url: string
  newAddress(): string
  close(): Promise<void>
}

/** The real page, built, in the real browser host, before the scripted engine. `page` is a built one; without it one is built. */
export async function servePage(options: { scenario: Scenario; pace?: number; page?: string; port?: number; desktop?: Desktop }): Promise<ServedPage> {
  const built = options.page ?? (await buildPage())
  const engine = scriptedEngine(options.scenario, options.pace, options.desktop)
  const host = await startBrowserHost({ router: engine.router, page: built, ...(options.port === undefined ? {} : { port: options.port, tunnel: true }) })
  return {
    engine,
    url: host.url,
    newAddress: () => host.newAddress(),
    async close() {
      await host.close()
      if (options.page === undefined) await rm(built, { recursive: true, force: true })
    },
  }
}

/** Builds the page into a folder of its own and gives the folder. */
export async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-page-'))
  await build({ configFile: inRoot('build', 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })
  return folder
}

if (import.meta.main) {
  const scenario = scenarios.find((one) => one === process.argv[2]) ?? 'several'
  const served = await servePage({ scenario, pace: Number(process.argv[3] ?? 900) })
  process.stdout.write(`${scenarios.join(' ')}\nPlaying ${scenario}: ${served.newAddress()}\n`)
  process.on('SIGINT', () => void served.close().then(() => process.exit(0)))
}
