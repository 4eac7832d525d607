import type { Connection, Standing } from './engine.ts'

type Standings = Pick<Connection, 'standing' | 'onStanding'>

/** How a connection stands, `lost` until it is told otherwise; every change is told to whoever listens. */
export function keepStanding(): Standings & { readonly stand: (next: Standing) => void } {
  const listeners = new Set<() => void>()
  let standing: Standing = 'lost'
  return {
    standing: () => standing,
    onStanding(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stand(next) {
      if (standing === next) return
      standing = next
      for (const listener of listeners) listener()
    },
  }
}

/** A socket that is closing says so only after a call on it has failed already; ms. */
const toSayThatItBroke = 100

/** After a call was lost: waits until the connection was made anew, however long that takes, or `signal` aborts. */
export async function untilOpen(connection: Standings, signal: AbortSignal): Promise<void> {
  await until(connection, signal, (standing) => standing === 'open')
}

/** After a call was lost: true once the connection was made anew, false once nobody is there any more (or `signal` aborts). */
export async function comesBack(connection: Standings, signal: AbortSignal): Promise<boolean> {
  await until(connection, signal, (standing) => standing !== 'lost')
  return !signal.aborted && connection.standing() === 'open'
}

async function until({ standing, onStanding }: Standings, signal: AbortSignal, wanted: (standing: Standing) => boolean): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, toSayThatItBroke))
  await new Promise<void>((resolve) => {
    const forget = onStanding(look)
    signal.addEventListener('abort', look)
    look()
    function look(): void {
      if (!signal.aborted && !wanted(standing())) return
      forget()
      signal.removeEventListener('abort', look)
      resolve()
    }
  })
}
