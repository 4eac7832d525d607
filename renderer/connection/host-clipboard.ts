import { browserClipboard, type ClipboardWays } from '../design/clipboard.ts'
import type { Engine } from './engine.ts'

/** The clipboard through the host where that clears a secret after a while, else the browser's own. */
export function clipboardOf(engine: Engine, { canClearClipboard }: { readonly canClearClipboard: boolean }): ClipboardWays {
  if (!canClearClipboard) return browserClipboard
  return { copy: (text, secret) => engine.host.copy({ text, secret }), clear: () => engine.host.clearCopied() }
}
