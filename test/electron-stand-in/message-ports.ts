import type { MessagePortMain } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { strict } from './strict.ts'
import { wire } from './wire.ts'

/** Who takes what arrives at one side of a channel. */
export interface Receiver {
  message(text: string, sides: readonly Side[]): void
  close(): void
}

/** One side of a channel: what arrives waits until somebody takes it. */
export class Side {
  other: Side | null = null
  #receiver: Receiver | null = null
  #waiting: ((receiver: Receiver) => void)[] = []

  send(text: string, sides: readonly Side[]): void {
    this.other?.arrive((receiver) => receiver.message(text, sides))
  }

  arrive(give: (receiver: Receiver) => void): void {
    if (this.#receiver === null) this.#waiting.push(give)
    else give(this.#receiver)
  }

  /** From now on `receiver` takes what arrives; null: what arrives waits again. */
  takenBy(receiver: Receiver | null): void {
    this.#receiver = receiver
    if (receiver === null) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const give of waiting) give(receiver)
  }

  /** Ends the channel; the other side hears of it. */
  close(): void {
    const { other } = this
    this.other = null
    if (other === null) return
    other.other = null
    other.arrive((receiver) => receiver.close())
  }
}

/** Two sides of a new channel. */
export function entangled(): [Side, Side] {
  const [one, two] = [new Side(), new Side()]
  one.other = two
  two.other = one
  return [one, two]
}

const sidesOf = new WeakMap<object, { detach(): Side }>()

class StandInMessagePort extends StandInEmitter implements Pick<MessagePortMain, 'close' | 'postMessage' | 'start'> {
  #side: Side | null
  #started = false

  constructor(side: Side) {
    super('MessagePortMain', ['message', 'close'])
    this.#side = side
  }

  start(): void {
    if (this.#started || this.#side === null) return
    this.#started = true
    const side = this.#side
    side.takenBy({
      message: (text, sides) => setImmediate(() => this.#side === side && this.emit('message', { data: wire.decode(text), ports: sides.map(portOf) })),
      close: () => setImmediate(() => this.#side === side && this.emit('close')),
    })
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    const text = wire.encode(structuredClone(message))
    this.#side?.send(text, transfer.map(detach))
  }

  close(): void {
    this.#side?.close()
    this.#side = null
  }

  /** The port is somebody else's from now on. */
  detach(): Side {
    const side = this.#side
    if (side === null) throw new Error('A port that was given away or closed cannot be transferred.')
    side.takenBy(null)
    this.#side = null
    return side
  }
}

/** The port of a side, as the application sees it. */
export function portOf(side: Side): MessagePortMain {
  const port = new StandInMessagePort(side)
  const seen = strict('MessagePortMain', port)
  sidesOf.set(seen, port)
  return seen
}

/** Takes a port out of the application's hands. */
export function detach(port: object): Side {
  const held = sidesOf.get(port)
  if (held === undefined) throw new TypeError('Only a MessagePortMain can be transferred.')
  return held.detach()
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [one, two] = entangled()
    this.port1 = portOf(one)
    this.port2 = portOf(two)
  }
}
