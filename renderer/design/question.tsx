import { lazy, Suspense, useEffect, useRef } from 'react'

const Confirm = lazy(() => import('./confirm.tsx').then(({ Confirm }) => ({ default: Confirm })))

/** Shown while something that takes away is asked about; where the answer is no, what was pressed has the focus again. */
export function Question({ onLeave, ...question }: {
  title: string
  sentences: readonly string[]
  /** on the answer that does it */
  words: string
  busy: boolean
  onConfirm: () => void
  onLeave: () => void
}) {
  const left = useRef(false)
  useEffect(() => {
    const pressed = document.activeElement
    return () => {
      if (left.current && pressed instanceof HTMLElement) pressed.focus()
    }
  }, [])
  const leave = (): void => {
    left.current = true
    onLeave()
  }
  return (
    <Suspense fallback={null}>
      <Confirm {...question} onLeave={leave} />
    </Suspense>
  )
}
