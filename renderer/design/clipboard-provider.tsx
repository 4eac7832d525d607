import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { type ClipboardWatch, type ClipboardWays, ClipboardContext } from './clipboard.ts'

/** Knows which secret lies in the clipboard, and until when; `ways` is how this host gets at it. */
export function ClipboardProvider({ ways, children }: { ways: ClipboardWays; children: ReactNode }) {
  const [held, setHeld] = useState<{ name: string; clearsAt: number | null } | null>(null)

  const copy = useCallback(
    async (what: string, secret?: string) => {
      const { clearsAt } = await ways.copy(what, secret !== undefined)
      setHeld(secret === undefined ? null : { name: secret, clearsAt })
    },
    [ways],
  )
  const clear = useCallback(async () => {
    await ways.clear()
    setHeld(null)
  }, [ways])

  const clearsAt = held?.clearsAt ?? null
  useEffect(() => {
    if (clearsAt === null) return undefined
    // The host has cleared it by then, or something else was copied.
    const timer = setTimeout(() => setHeld(null), clearsAt - Date.now())
    return () => clearTimeout(timer)
  }, [clearsAt])

  const watch = useMemo<ClipboardWatch>(() => ({ holds: held?.name ?? null, clearsAt, copy, clear }), [held, clearsAt, copy, clear])
  return <ClipboardContext value={watch}>{children}</ClipboardContext>
}
