import type { MenuChoice } from '../shared/contract/desktop.ts'

/** What is chosen in the menu, on its way to the page. */
export interface MenuChoices {
  choose(choice: MenuChoice): void
  /** The choices from now on, until `signal` aborts; the newest one that no page has heard comes first. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<MenuChoice, void>
}

export function createMenuChoices(): MenuChoices {
  const watchers = new Set<(choice: MenuChoice) => void>()
  // Chosen while the page was being loaded.
  let unheard: MenuChoice | null = null
  return {
    choose(choice) {
      if (watchers.size === 0) unheard = choice
      for (const tell of watchers) tell(choice)
    },
    async *watch(signal) {
      const waiting: MenuChoice[] = unheard === null ? [] : [unheard]
      unheard = null
      let wake = (): void => {}
      const tell = (choice: MenuChoice): void => {
        waiting.push(choice)
        wake()
      }
      const end = (): void => wake()
      watchers.add(tell)
      signal?.addEventListener('abort', end)
      try {
        const left = () => signal?.aborted === true
        while (!left()) {
          const next = waiting.shift()
          if (next !== undefined) yield next
          else await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        watchers.delete(tell)
        signal?.removeEventListener('abort', end)
      }
    },
  }
}
