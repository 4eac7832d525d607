import type { Duplex } from 'node:stream'
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }
type Commands = Protocol.CommandParameters
type Returns = Protocol.CommandReturnValues
type Events = Protocol.Events
type Anything = Readonly<Record<string, unknown>>

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly params?: Anything
  readonly sessionId?: string
  readonly result?: Anything
  readonly error?: { readonly message: string }
}

/** One attached target (or, without an id, the browser itself): its commands and its events. */
export interface Session {
  send<M extends keyof Commands>(method: M, params?: Commands[M]): Promise<Returns[M]>
  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): void
}

export interface Connection extends Session {
  session(id: string): Session
}

/** Chromium's protocol over its pipe: messages of JSON, each ended by a zero byte. */
export function connectByPipe(write: Duplex, read: Duplex): Connection {
  const waiting = new Map<number, { readonly resolve: (result: Anything) => void; readonly reject: (error: Error) => void; readonly method: string }>()
  const listeners = new Map<string, ((params: Anything) => void)[]>()
  let last = 0
  let pieces: Buffer[] = []

  const end = () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`Chromium has ended before it answered ${method}.`))
    waiting.clear()
  }
  read.on('close', end)
  write.on('error', end)
  read.on('data', (chunk: Buffer) => {
    let from = 0
    for (let zero = chunk.indexOf(0); zero >= 0; zero = chunk.indexOf(0, from)) {
      pieces.push(chunk.subarray(from, zero))
      take(JSON.parse(Buffer.concat(pieces).toString()) as Answer)
      pieces = []
      from = zero + 1
    }
    pieces.push(chunk.subarray(from))
  })

  function take(answer: Answer): void {
    if (answer.id === undefined) {
      for (const listener of listeners.get(`${answer.sessionId ?? ''} ${answer.method}`) ?? []) listener(answer.params ?? {})
      return
    }
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error) asked?.reject(new Error(`${asked.method}: ${answer.error.message}`))
    else asked?.resolve(answer.result ?? {})
  }

  function session(sessionId: string | undefined): Session {
    return {
      send: (method, params) =>
        new Promise((resolve, reject) => {
          if (write.destroyed) return reject(new Error(`Chromium has ended before it was asked ${method}.`))
          const id = ++last
          waiting.set(id, { resolve: resolve as (result: Anything) => void, reject, method })
          write.write(`${JSON.stringify({ id, method, params: params ?? {}, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
        }),
      on: (event, listener) => {
        const key = `${sessionId ?? ''} ${event}`
        listeners.set(key, [...(listeners.get(key) ?? []), listener as unknown as (params: Anything) => void])
      },
    }
  }
  return { ...session(undefined), session }
}
