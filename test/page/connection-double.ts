import type { Connection, Standing } from '../../renderer/connection/engine.ts'

/** A connection whose standing a test sets; its engine is never asked. */
export function connectionDouble(): { readonly connection: Connection; readonly stand: (next: Standing) => void } {
  const listeners = new Set<() => void>()
  let standing: Standing = 'open'
  return {
    connection: {
      engine: {} as Connection['engine'],
      standing: () => standing,
      onStanding(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    stand: (next) => {
      standing = next
      for (const listener of listeners) listener()
    },
  }
}
