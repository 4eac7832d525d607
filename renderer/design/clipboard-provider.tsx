import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ClipboardWatch, ClipboardContext } from './clipboard.ts'

const life = 60_000

/** `clears`: the host can clear the clipboard in the background; a browser cannot, and nothing is promised there. */
export function ClipboardProvider({ clears, children }: { clears: boolean; children: ReactNode }) {
  const [held, setHeld] = useState<{ name: string; at: number } | null>(null)
  const text = useRef('')

  const copy = useCallback(async (what: string, secret?: string) => {
    await navigator.clipboard.writeText(what)
    text.current = secret === undefined ? '' : what
    setHeld(secret === undefined ? null : { name: secret, at: Date.now() })
  }, [])

  const clear = useCallback(async () => {
    await navigator.clipboard.writeText('')
    text.current = ''
    setHeld(null)
  }, [])

  useEffect(() => {
    if (held === null || !clears) return undefined
    const timer = setTimeout(() => {
      // Only what is still ours is taken away.
      void navigator.clipboard.readText().then((now) => (now === text.current ? clear() : setHeld(null)))
    }, life)
    return () => clearTimeout(timer)
  }, [held, clears, clear])

  const watch = useMemo<ClipboardWatch>(
    () => ({ holds: held?.name ?? null, clearsAt: held === null || !clears ? null : held.at + life, copy, clear }),
    [held, clears, copy, clear],
  )
  return <ClipboardContext value={watch}>{children}</ClipboardContext>
}
