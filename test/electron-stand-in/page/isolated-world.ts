import type { Wire } from '../wire.ts'
import type { BridgeEnd } from './bridge.ts'

export interface WorldConfig {
  /** the name of the function that tells the main process */
  readonly binding: string
  readonly contextIsolation: boolean
  readonly sandbox: boolean
  readonly secret: string
  readonly versions: Readonly<Record<string, string>>
  readonly platform: string
  readonly argv: readonly string[]
}

/** What the page tells the main process, as JSON through the binding. Texts are encoded by `wire`; `ports` are names of ports. */
export type FromPage =
  | { readonly kind: 'hello'; readonly href: string }
  | { readonly kind: 'send'; readonly channel: string; readonly text: string; readonly ports: readonly string[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly text: string }
  | { readonly kind: 'port'; readonly id: string; readonly text: string; readonly ports: readonly string[] }
  | { readonly kind: 'portClosed'; readonly id: string }
  | { readonly kind: 'ask'; readonly id: number; readonly what: 'permission' | 'check' | 'window' | 'readClipboard' | 'writeClipboard' | 'paths'; readonly data: readonly string[] }
  | { readonly kind: 'failed'; readonly what: string; readonly message: string; readonly stack: string }

export type ToPage =
  | { readonly kind: 'message'; readonly channel: string; readonly text: string; readonly ports: readonly string[] }
  | { readonly kind: 'reply'; readonly id: number; readonly failed: boolean; readonly text: string }
  | { readonly kind: 'port'; readonly id: string; readonly text: string; readonly ports: readonly string[] }
  | { readonly kind: 'closePort'; readonly id: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }

/**
 * The world of the preload: what `require('electron')` gives there, over the binding to the main process. Sent into pages as source: it uses
 * nothing from outside.
 */
export function isolatedWorld(wire: Wire, bridge: BridgeEnd, config: WorldConfig) {
  type Listener = (event: unknown, ...args: unknown[]) => void
  const tell = (globalThis as unknown as Record<string, (text: string) => void>)[config.binding] as (text: string) => void
  const say = (message: FromPage) => tell(JSON.stringify(message))
  const listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>()
  const invoked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const asked = new Map<number, (value: unknown) => void>()
  const ports = new Map<string, MessagePort>()
  let last = 0

  /** The port is the main process's from now on: the one that was given is of no more use here, as after any transfer. */
  function handOver(given: MessagePort): string {
    const port = structuredClone(given, { transfer: [given] })
    const id = `p${++last}`
    hold(id, port)
    return id
  }
  function hold(id: string, port: MessagePort): void {
    ports.set(id, port)
    port.addEventListener('message', (event) => {
      const handed = event.ports.map(handOver)
      say({ kind: 'port', id, text: wire.encode(event.data), ports: handed })
    })
    port.addEventListener('close', () => ports.delete(id) && say({ kind: 'portClosed', id }))
    port.start()
  }
  function receivePort(id: string): MessagePort {
    const { port1, port2 } = new MessageChannel()
    hold(id, port1)
    return port2
  }
  const ask = (what: Extract<FromPage, { kind: 'ask' }>['what'], data: readonly string[]) =>
    new Promise<unknown>((resolve) => {
      const id = ++last
      asked.set(id, resolve)
      say({ kind: 'ask', id, what, data })
    })

  const receive = (message: ToPage): void => {
    if (message.kind === 'message') {
      const event = { sender: ipcRenderer, ports: message.ports.map(receivePort), preventDefault() {}, defaultPrevented: false }
      const args = wire.decode(message.text) as unknown[]
      const all = listeners.get(message.channel) ?? []
      listeners.set(message.channel, all.filter(({ once }) => !once))
      for (const { listener } of all) listener(event, ...args)
    } else if (message.kind === 'reply') {
      const waiting = invoked.get(message.id)
      invoked.delete(message.id)
      if (message.failed) waiting?.reject(new Error(message.text))
      else waiting?.resolve(wire.decode(message.text))
    } else if (message.kind === 'port') {
      ports.get(message.id)?.postMessage(wire.decode(message.text), message.ports.map(receivePort))
    } else if (message.kind === 'closePort') {
      ports.get(message.id)?.close()
      ports.delete(message.id)
    } else {
      asked.get(message.id)?.(message.value)
      asked.delete(message.id)
    }
  }

  const refuse = (what: string): never => {
    throw new Error(`The stand-in for Electron has no ${what} in a preload.`)
  }
  const strictly = <T extends object>(name: string, members: T): T =>
    new Proxy(members, { get: (target, key) => (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON' ? Reflect.get(target, key) : refuse(`${name}.${key}`)) })
  const listen = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }])
    return ipcRenderer
  }
  const forget = (channel: string, listener: Listener) => {
    listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one.listener !== listener))
    return ipcRenderer
  }
  const ipcRenderer: object = strictly('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => say({ kind: 'send', channel, text: wire.encode(structuredClone(args)), ports: [] }),
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []) => {
      const text = wire.encode([structuredClone(message)])
      say({ kind: 'send', channel, text, ports: transfer.map(handOver) })
    },
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++last
        invoked.set(id, { resolve, reject })
        say({ kind: 'invoke', id, channel, text: wire.encode(structuredClone(args)) })
      }),
    on: (channel: string, listener: Listener) => listen(channel, listener, false),
    addListener: (channel: string, listener: Listener) => listen(channel, listener, false),
    once: (channel: string, listener: Listener) => listen(channel, listener, true),
    off: forget,
    removeListener: forget,
    removeAllListeners: (channel: string) => (listeners.delete(channel), ipcRenderer),
  })

  // Where a file lies is asked while the event that brings it is held back: the page asks for it at once in its own listener.
  const paths = new Map<string, string>()
  const keyOf = (file: File) => `${file.name} ${file.size} ${file.lastModified}`
  const pending: File[] = []
  const learn = async (files: readonly File[]) => {
    const first = pending.push(...files) - files.length
    const found = (await ask('paths', files.map((_, at) => String(first + at)))) as string[]
    for (const [at, file] of files.entries()) paths.set(keyOf(file), found[at] ?? '')
  }
  const held = (event: Event, files: readonly File[], again: () => Event) => {
    if (!event.isTrusted || files.length === 0) return
    event.stopImmediatePropagation()
    event.preventDefault()
    const target = event.composedPath()[0] as EventTarget
    void learn(files).then(() => target.dispatchEvent(again()))
  }
  if (window === window.top) {
    window.addEventListener('drop', (event) => {
      const files = [...(event.dataTransfer?.files ?? [])]
      const dataTransfer = new DataTransfer()
      for (const file of files) dataTransfer.items.add(file)
      const { clientX, clientY, screenX, screenY } = event
      held(event, files, () => new DragEvent('drop', { bubbles: true, cancelable: true, composed: true, clientX, clientY, screenX, screenY, dataTransfer }))
    }, true)
    window.addEventListener('change', (event) => held(event, [...((event.target as HTMLInputElement | null)?.files ?? [])], () => new Event('change', { bubbles: true })), true)
  }

  const electron = strictly('electron', {
    ipcRenderer,
    contextBridge: strictly('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => {
        if (!config.contextIsolation) throw new Error('contextBridge API can only be used when contextIsolation is enabled')
        bridge.expose(key, api)
      },
    }),
    webUtils: strictly('webUtils', {
      getPathForFile: (file: File) => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File')
        return paths.get(keyOf(file)) ?? ''
      },
    }),
  })
  const process = strictly('process', {
    type: 'renderer',
    platform: config.platform,
    versions: config.versions,
    argv: config.argv,
    contextIsolated: config.contextIsolation,
    sandboxed: config.sandbox ? true : undefined,
    isMainFrame: true,
  })
  const require = (name: string) => (name === 'electron' || name === 'electron/renderer' ? electron : refuse(`module "${name}"${config.sandbox ? ' (a sandboxed preload has none either)' : ''}`))

  Object.assign(globalThis, { __standInReceive: (text: string) => receive(JSON.parse(text) as ToPage), __standInFile: (at: number) => pending[at] })
  say({ kind: 'hello', href: location.href })
  if (config.contextIsolation) {
    bridge.expose(config.secret, {
      permission: (name: string, asking: boolean) => ask(asking ? 'permission' : 'check', [name]),
      openWindow: (url: string, frameName: string, features: string) => void ask('window', [url, frameName, features]),
      readClipboard: () => ask('readClipboard', []),
      writeClipboard: (text: string) => ask('writeClipboard', [text]),
    })
  }
  return { process, require, say }
}
