import type { KeyboardEvent } from 'react'

/** The arrow keys in a list of tabs: takes the one before or after `current`, round at the ends, and gives it the focus. `element` is the id of a tab's button. */
export function walkTabs<T>(event: KeyboardEvent, tabs: readonly T[], current: T, take: (tab: T) => void, element: (tab: T) => string): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length]
  if (step === 0 || next === undefined) return
  take(next)
  document.querySelector<HTMLElement>(`#${element(next)}`)?.focus()
}
