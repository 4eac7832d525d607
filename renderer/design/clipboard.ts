import { createContext, use } from 'react'

/** What the page knows of the clipboard: whether a secret of ours went there, and how long it will stay. */
export interface ClipboardWatch {
  /** name of the secret that was copied last and not cleared since */
  readonly holds: string | null
  /** when it will be cleared by itself (ms since 1970); null where nothing is promised */
  readonly clearsAt: number | null
  /** Copies; `secret` names it where it is one. Rejects where the browser refuses. */
  readonly copy: (text: string, secret?: string) => Promise<void>
  readonly clear: () => Promise<void>
}

export const ClipboardContext = createContext<ClipboardWatch | null>(null)

export function useClipboard(): ClipboardWatch {
  const clipboard = use(ClipboardContext)
  if (clipboard === null) throw new Error('There is no clipboard above this component')
  return clipboard
}
