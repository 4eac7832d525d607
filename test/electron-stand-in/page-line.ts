import { fromChromium } from './protocol.ts'
import type { Protocol, Session } from './cdp.ts'
import { detach } from './message-ports.ts'
import { PagePorts } from './page-ports.ts'
import type { FromPage, ToPage } from './page/isolated-world.ts'
import { wire } from './wire.ts'

export interface LineEnd {
  readonly mainFrame: string
  received(asked: { channel: string; args: readonly unknown[]; ports: ReturnType<PagePorts['take']>; href: string }): void
  invoked(asked: { channel: string; args: readonly unknown[]; href: string }): Promise<unknown>
  /** What the page asks of the stand-in itself. */
  asked(what: Extract<FromPage, { kind: 'ask' }>['what'], data: readonly string[], href: string): Promise<unknown>
  preloadFailed(error: Error): void
}

/** The line between the preload's world of the page that is shown and the main process. It begins anew with every page. */
export class PageLine {
  readonly #session: Session
  readonly #end: LineEnd
  #context: number | null = null
  #href = ''
  #ports: PagePorts

  constructor(session: Session, binding: string, end: LineEnd) {
    this.#session = session
    this.#end = end
    this.#ports = this.#newPorts(-1)
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === binding) this.#take(JSON.parse(payload) as FromPage, executionContextId)
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => executionContextId === this.#context && this.end())
    session.on('Runtime.executionContextsCleared', () => this.end())
  }

  /** The page has gone: its ports end. */
  end(): void {
    this.#context = null
    this.#ports.closeAll()
  }

  /** Tells the page on a channel; a page without a preload's world hears nothing, as in Electron. */
  send(channel: string, args: readonly unknown[], transfer: readonly object[]): void {
    const text = wire.encode(structuredClone(args))
    const sides = transfer.map(detach)
    if (this.#context === null) for (const side of sides) side.close()
    else this.#say({ kind: 'message', channel, text, ports: this.#ports.give(sides) }, this.#context)
  }

  #newPorts(context: number): PagePorts {
    return new PagePorts((message) => this.#say(message, context))
  }

  #say(message: ToPage, context: number): void {
    if (context !== this.#context) return
    // A page that has gone meanwhile hears nothing.
    void this.#session.send('Runtime.evaluate', { contextId: context, expression: `__standInReceive(${JSON.stringify(JSON.stringify(message))})` }).catch(() => undefined)
  }

  #take(message: FromPage, context: number): void {
    if (message.kind === 'hello') {
      this.end()
      this.#context = context
      this.#href = message.href
      this.#ports = this.#newPorts(context)
      return
    }
    if (context !== this.#context) return
    const href = fromChromium(this.#href)
    if (message.kind === 'send') this.#end.received({ channel: message.channel, args: wire.decode(message.text) as unknown[], ports: this.#ports.take(message.ports), href })
    else if (message.kind === 'port') this.#ports.message(message.id, message.text, message.ports)
    else if (message.kind === 'portClosed') this.#ports.closed(message.id)
    else if (message.kind === 'invoke') void this.#invoke(message, href, context)
    else if (message.kind === 'ask') void this.#answer(message, href, context)
    else this.#end.preloadFailed(Object.assign(new Error(message.message), { stack: message.stack }))
  }

  async #invoke({ id, channel, text }: Extract<FromPage, { kind: 'invoke' }>, href: string, context: number): Promise<void> {
    try {
      const value = await this.#end.invoked({ channel, args: wire.decode(text) as unknown[], href })
      this.#say({ kind: 'reply', id, failed: false, text: wire.encode(structuredClone(value)) }, context)
    } catch (thrown) {
      this.#say({ kind: 'reply', id, failed: true, text: `Error invoking remote method '${channel}': ${String(thrown)}` }, context)
    }
  }

  async #answer({ id, what, data }: Extract<FromPage, { kind: 'ask' }>, href: string, context: number): Promise<void> {
    const value = what === 'paths' ? await Promise.all(data.map((at) => this.#pathOf(at, context))) : await this.#end.asked(what, data, href)
    this.#say({ kind: 'answer', id, value }, context)
  }

  async #pathOf(at: string, context: number): Promise<string> {
    const { result }: Protocol.Runtime.evaluateReturnValue = await this.#session.send('Runtime.evaluate', { contextId: context, expression: `__standInFile(${Number(at)})` })
    if (result.objectId === undefined) return ''
    const { path } = await this.#session.send('DOM.getFileInfo', { objectId: result.objectId })
    return path
  }
}
