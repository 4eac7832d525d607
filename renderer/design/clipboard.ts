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

/** How a host gets at the clipboard. `copy` gives when a secret is taken out again (ms since 1970), null where nobody promises that. */
export interface ClipboardWays {
  readonly copy: (text: string, secret: boolean) => Promise<{ readonly clearsAt: number | null }>
  readonly clear: () => Promise<unknown>
}

/** A browser clears nothing in the background, so nothing is promised there. */
export const browserClipboard: ClipboardWays = {
  copy: async (text) => {
    await navigator.clipboard.writeText(text)
    return { clearsAt: null }
  },
  clear: () => navigator.clipboard.writeText(''),
}

export const ClipboardContext = createContext<ClipboardWatch | null>(null)

export function useClipboard(): ClipboardWatch {
  const clipboard = use(ClipboardContext)
  if (clipboard === null) throw new Error('There is no clipboard above this component')
  return clipboard
}
