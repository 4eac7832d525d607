import './print-sheet.css'
import { useEffect, useEffectEvent } from 'react'
import { createPortal } from 'react-dom'

/** A text on paper, and nothing of the page with it: the system's own dialog asks for the printer. On the screen it shows nowhere; `onEnd` when the dialog is gone. */
export function PrintSheet({ text, onEnd }: { text: string; onEnd: () => void }) {
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    const ended = (): void => end()
    window.addEventListener('afterprint', ended, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', ended)
  }, [])
  return createPortal(
    <pre className="print-sheet" aria-hidden="true">
      {text}
    </pre>,
    document.body,
  )
}
