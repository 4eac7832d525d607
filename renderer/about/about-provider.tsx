import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Boundary } from '../layout/boundary.tsx'
import { AboutContext, type AboutTab } from './about.ts'

const AboutDialog = lazy(() => import('./about-dialog.tsx').then(({ AboutDialog }) => ({ default: AboutDialog })))

/** Keeps the dialog at hand for everything below; it is loaded when it is first opened. Closed, it gives the focus back. */
export function AboutProvider({ children }: { children: ReactNode }) {
  const [tab, setTab] = useState<AboutTab | null>(null)
  const opener = useRef<Element | null>(null)
  const show = useCallback((next: AboutTab | null) => {
    if (next !== null) opener.current ??= document.activeElement
    setTab(next)
  }, [])
  useEffect(() => {
    if (tab !== null) return
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus({ preventScroll: true })
    opener.current = null
  }, [tab])
  return (
    <AboutContext value={show}>
      {children}
      {tab === null ? null : (
        <Boundary fallback={() => null}>
          <Suspense fallback={null}>
            <AboutDialog tab={tab} onTab={show} onClose={() => show(null)} />
          </Suspense>
        </Boundary>
      )}
    </AboutContext>
  )
}
