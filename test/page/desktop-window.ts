import { RPCHandler } from '@orpc/server/message-port'
import type { BrowserContext, Page } from '@playwright/test'
import type { ScriptedEngine } from './scripted-engine.ts'

/** The end of a port that lies with the host: what the page says comes out of it, what is posted goes to the page. */
interface HostPort {
  on(event: string, callback: (event?: { data: unknown }) => void): void
  postMessage(data: unknown): void
  tell(event: 'message' | 'close', data?: unknown): void
}

/**
 * Makes the pages of a context windows of a desktop application: what a preload would put there, and a port that leads to `engine`. Files that are
 * dropped lie in `folder`. Gives the way to break the port that the page has now.
 */
export async function beDesktop(context: BrowserContext, engine: ScriptedEngine, folder: string): Promise<{ breakPort: (page: Page) => Promise<void> }> {
  const handler = new RPCHandler(engine.router)
  const ports = new Map<string, HostPort>()
  await context.exposeBinding('toHost', ({ page }, id: string, data: string) => {
    const port = ports.get(id) ?? portTo(page, id)
    if (!ports.has(id)) handler.upgrade(port)
    ports.set(id, port)
    port.tell('message', data)
  })
  await context.addInitScript(preload, folder)
  return {
    breakPort: async (page) => {
      for (const port of ports.values()) port.tell('close')
      ports.clear()
      await page.evaluate(() => (globalThis as unknown as PreloadGlobals).closePort())
    },
  }
}

function portTo(page: Page, id: string): HostPort {
  const listeners = new Map<string, ((event?: { data: unknown }) => void)[]>()
  return {
    on: (event, callback) => void listeners.set(event, [...(listeners.get(event) ?? []), callback]),
    postMessage: (data) => void page.evaluate(([to, said]) => (globalThis as unknown as PreloadGlobals).toPage(to, said), [id, data as string] as const).catch(() => undefined),
    tell: (event, data) => {
      for (const callback of listeners.get(event) ?? []) callback({ data })
    },
  }
}

interface PreloadGlobals {
  firstnode: { pathOf(file: File): string }
  toHost(id: string, data: string): Promise<void>
  toPage(id: string, data: string): void
  closePort(): void
}

/** Runs in the page before anything else, so it knows nothing of this module. */
function preload(folder: string): void {
  const globals = globalThis as unknown as PreloadGlobals
  const ports = new Map<string, MessagePort>()
  const ofPage: MessagePort[] = []
  globals.firstnode = { pathOf: (file) => (file.name === '' ? '' : `${folder}/${file.name}`) }
  globals.toPage = (id, data) => ports.get(id)?.postMessage(data)
  globals.closePort = () => {
    for (const port of ports.values()) port.close()
    ports.clear()
    // Electron tells the other end of a port that closes; Chromium alone does not.
    for (const port of ofPage.splice(0)) port.dispatchEvent(new Event('close'))
  }
  window.addEventListener('message', ({ source, data, ports: [port] }) => {
    if (port !== undefined) ofPage.push(port)
    if (source !== window || (data as { firstnode?: string }).firstnode !== 'ask-port') return
    const id = crypto.randomUUID()
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.addEventListener('message', (event) => void globals.toHost(id, event.data as string))
    port1.start()
    window.postMessage({ firstnode: 'port' }, '*', [port2])
  })
}
