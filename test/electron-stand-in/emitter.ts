import { EventEmitter } from 'node:events'
import { NotInStandIn } from './strict.ts'

type Listener = Parameters<EventEmitter['on']>[1]

/** An emitter on which nobody listens for what the stand-in never tells. */
export class StandInEmitter extends EventEmitter {
  readonly #name: string
  readonly #events: ReadonlySet<string>

  constructor(name: string, events: readonly string[]) {
    super()
    this.#name = name
    this.#events = new Set(['newListener', 'removeListener', ...events])
  }

  #known(event: string | symbol): void {
    if (typeof event === 'string' && !this.#events.has(event)) throw new NotInStandIn(`event "${event}" of ${this.#name}`)
  }

  override on(event: string | symbol, listener: Listener): this {
    this.#known(event)
    return super.on(event, listener)
  }

  override once(event: string | symbol, listener: Listener): this {
    this.#known(event)
    return super.once(event, listener)
  }

  override addListener(event: string | symbol, listener: Listener): this {
    this.#known(event)
    return super.addListener(event, listener)
  }

  override prependListener(event: string | symbol, listener: Listener): this {
    this.#known(event)
    return super.prependListener(event, listener)
  }
}

export interface Preventable {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

/** An event that a listener can prevent, with further members of its own. */
export function preventable<T extends object>(more: T): T & Preventable {
  let prevented = false
  return Object.defineProperties({ ...more }, {
    preventDefault: { value: () => void (prevented = true), enumerable: true },
    defaultPrevented: { get: () => prevented, enumerable: true },
  }) as T & Preventable
}
