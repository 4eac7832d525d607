import { useClipboard } from '../design/clipboard.ts'
import { useNow } from '../design/use-now.ts'

/** After a secret was copied: when it leaves the clipboard, or the offer to take it out now. */
export function ClipboardNote() {
  const { holds, clearsAt, clear } = useClipboard()
  const now = useNow(1000, clearsAt !== null)
  if (holds === null) return null
  return (
    <p className="small quiet row" role="status">
      <span>
        The clipboard holds the {holds}
        {clearsAt === null ? '.' : `; it clears in ${Math.max(0, Math.ceil((clearsAt - now) / 1000))} s.`}
      </span>
      <button type="button" className="plain link" onClick={() => void clear().catch(() => undefined)}>
        Clear now
      </button>
    </p>
  )
}
