import type { AnyRouter } from '@orpc/server'
import { ipcMain, type MessagePortMain } from 'electron'
import { isCall } from '../engine/host/call-envelope.ts'
import { isPageItself } from './page-sender.ts'
import { connectChannel } from './port-channel.ts'

/** The largest message from the page, in characters: a certificate to save, and then some. */
const mostMessageLength = 2_000_000

/**
 * Carries the contract over the ports that our page hands over: calls, streams, typed errors and aborts. A closed port aborts its calls. `open` is called
 * for each; what the page says until the router is there waits in its port.
 */
export function carryContract(open: () => Promise<AnyRouter>, note: (line: string) => void): void {
  ipcMain.on(connectChannel, (event) => {
    const [port] = event.ports
    if (port === undefined) return
    if (isPageItself(event.senderFrame)) {
      void connect(port)
      return
    }
    note(`Refused a connection of ${event.senderFrame?.url ?? 'a frame that is gone'}.`)
    port.close()
  })

  async function connect(port: MessagePortMain): Promise<void> {
    const [router, { RPCHandler }] = await Promise.all([open(), import('@orpc/server/message-port')])
    new RPCHandler(router).upgrade(speaking(port))
    port.start()
  }
}

/** The port as oRPC sees it: only well-formed text comes in; whoever sends anything else is hung up on. */
function speaking(port: MessagePortMain): MessagePortMain {
  const on = (name: string, listener: (event: { data: unknown }) => void) => {
    if (name !== 'message') return port.on('close', () => listener({ data: null }))
    return port.on('message', (event) => {
      const data: unknown = event.data
      if (typeof data === 'string' && data.length <= mostMessageLength && isCall(data)) listener({ data })
      else port.close()
    })
  }
  return { on, postMessage: (message: unknown) => port.postMessage(message) } as unknown as MessagePortMain
}
