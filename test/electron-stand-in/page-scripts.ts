import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { bridgeEnd } from './page/bridge.ts'
import { isolatedWorld, type WorldConfig } from './page/isolated-world.ts'
import { mainWorld } from './page/main-world.ts'
import type { Preferences } from './web-preferences.ts'
import { wireCodec } from './wire.ts'

export const worldName = 'Electron Isolated Context'

export interface PageScripts {
  /** the function by which the preload's world tells the main process */
  readonly binding: string
  /** the world it is in, or null for the page's own */
  readonly world: string | null
  readonly main: string
  readonly preload: string
}

/** What runs in a page before its own first script. */
export function pageScripts(preferences: Preferences): PageScripts {
  const secret = `stand-in-${randomUUID()}`
  const binding = '__standInTell'
  const { contextIsolation, sandbox, nodeIntegration, preload, additionalArguments } = preferences
  const config: WorldConfig = {
    binding, contextIsolation, sandbox, secret,
    versions: { electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node },
    platform: process.platform,
    argv: [process.execPath, ...additionalArguments],
  }
  const main = `(() => { const bridge = (${source(bridgeEnd)})(${quoted(`${secret}>`)}, ${quoted(`${secret}<`)}); (${source(mainWorld)})(bridge, ${quoted({ nodeInPage: nodeIntegration || !contextIsolation, secret })}) })()`
  const script = preload === null ? '' : readPreload(preload)
  const isolated = `(() => {
    if (window !== window.top) return
    const bridge = (${source(bridgeEnd)})(${quoted(`${secret}<`)}, ${quoted(`${secret}>`)})
    const { process, require, say } = (${source(isolatedWorld)})((${source(wireCodec)})(), bridge, ${quoted(config)})
    const module = { exports: {} }
    try { (function (require, module, exports, process) { ${script}
    }).call(module.exports, require, module, module.exports, process) } catch (error) {
      say({ kind: 'failed', what: 'preload', message: String(error && error.message || error), stack: String(error && error.stack) })
    }
  })()`
  return { binding, world: contextIsolation ? worldName : null, main, preload: isolated }
}

function readPreload(path: string): string {
  if (path.endsWith('.mjs')) throw new Error('A sandboxed preload is CommonJS: the stand-in for Electron loads no preload.mjs.')
  return readFileSync(path, 'utf8')
}

/** A function as text: those that are sent into pages use nothing from outside of themselves. */
function source(sent: { toString(): string }): string {
  return sent.toString()
}

function quoted(value: unknown): string {
  return JSON.stringify(value)
}
