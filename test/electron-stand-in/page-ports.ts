import { entangled, type Side } from './message-ports.ts'
import type { ToPage } from './page/isolated-world.ts'

/** The ports that one page and the main process have given to each other; they end with the page. */
export class PagePorts {
  readonly #sides = new Map<string, Side>()
  readonly #say: (message: ToPage) => void
  #last = 0

  constructor(say: (message: ToPage) => void) {
    this.#say = say
  }

  /** Gives sides of channels to the page; their names there. */
  give(sides: readonly Side[]): string[] {
    return sides.map((side) => {
      const id = `m${++this.#last}`
      this.#hold(id, side)
      return id
    })
  }

  /** The sides that the main process gets of ports the page has handed over. */
  take(ids: readonly string[]): Side[] {
    return ids.map((id) => {
      const [near, far] = entangled()
      this.#hold(id, near)
      return far
    })
  }

  message(id: string, text: string, ports: readonly string[]): void {
    this.#sides.get(id)?.send(text, this.take(ports))
  }

  closed(id: string): void {
    const side = this.#sides.get(id)
    this.#sides.delete(id)
    side?.close()
  }

  closeAll(): void {
    for (const id of Array.from(this.#sides.keys())) this.closed(id)
  }

  #hold(id: string, side: Side): void {
    this.#sides.set(id, side)
    side.takenBy({
      message: (text, sides) => this.#say({ kind: 'port', id, text, ports: this.give(sides) }),
      close: () => {
        this.#sides.delete(id)
        this.#say({ kind: 'closePort', id })
      },
    })
  }
}
