import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, expect, test } from 'vitest'
import type { Connection } from './engine.ts'
import { connectMessagePort, type PortWindow } from './message-port.ts'
import { connectionLost, problemOf } from './problem-of.ts'

/** One procedure is enough to know whether calls arrive. */
const handler = new RPCHandler({ host: { clearCopied: os.handler(() => true) } })
const opened: MessagePort[] = []

afterEach(() => {
  for (const port of opened.splice(0)) port.close()
})

/** A window that is asked for ports: `hand` sends one to its page as the preload does, `from` another sender. */
class WindowDouble extends EventTarget {
  readonly asked: unknown[] = []
  readonly onAsk: (window: WindowDouble) => void

  constructor(onAsk: (window: WindowDouble) => void) {
    super()
    this.onAsk = onAsk
  }

  postMessage(message: unknown): void {
    this.asked.push(message)
    this.onAsk(this)
  }

  hand(data: unknown = { firstnode: 'port' }, source: unknown = this): MessagePort {
    const { port1, port2 } = new MessageChannel()
    opened.push(port1, port2)
    handler.upgrade(port1)
    port1.start()
    this.dispatchEvent(Object.assign(new Event('message'), { source, data, ports: [port2] }))
    return port1
  }
}

const connect = async (window: WindowDouble): Promise<Connection> => {
  const connection = await connectMessagePort(window as PortWindow)
  if (connection === 'silent') throw new Error('no port came')
  return connection
}

test('the page asks its window for a port, and calls go over it', async () => {
  const connection = await connect(new WindowDouble((window) => void window.hand()))
  expect(connection.standing()).toBe('open')
  await expect(connection.engine.host.clearCopied()).resolves.toBe(true)
})

test('a port from another sender, and any other message, is not taken', async () => {
  const window = new WindowDouble((window) => {
    window.hand({ firstnode: 'port' }, new WindowDouble(() => undefined))
    window.hand({ firstnode: 'something else' })
    window.hand('port')
  })
  const never = connectMessagePort(window as PortWindow)
  const first = await Promise.race([never, new Promise((resolve) => setImmediate(() => resolve('still waiting')))])
  expect(first).toBe('still waiting')
  const good = window.hand()
  const connection = await never
  expect(connection).not.toBe('silent')
  await expect((connection as Connection).engine.host.clearCopied()).resolves.toBe(true)
  good.close()
})

test('a port that closes is told, calls end as lost, and another port is asked for', async () => {
  let port: MessagePort | null = null
  const window = new WindowDouble((window) => {
    port = window.hand()
  })
  const connection = await connect(window)
  const stood: string[] = []
  const calls: Promise<unknown>[] = []
  connection.onStanding(() => {
    stood.push(connection.standing())
    calls.push(connection.engine.host.clearCopied().catch(problemOf))
  })
  port!.close()
  await expect.poll(() => stood).toEqual(['lost', 'open'])
  expect(await Promise.all(calls)).toEqual([connectionLost, true])
  expect(window.asked).toEqual([{ firstnode: 'ask-port' }, { firstnode: 'ask-port' }])
  await expect(connection.engine.host.clearCopied()).resolves.toBe(true)
})
