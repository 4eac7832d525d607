import { shell } from 'electron'
import { mayOpenOutside } from './outside-links.ts'

/** Opens an address of the table in the person's own browser; the one place that does. Anything else is refused, without a word: no page of ours asks for it. */
export function openOutside(address: string): void {
  if (!mayOpenOutside(address)) return
  // A machine without a browser is told of by the system.
  shell.openExternal(address).catch(() => undefined)
}
