import './code-line.css'
import type { ReactNode } from 'react'

/** A line for a terminal that scrolls in itself, with what can be done with it at its end. */
export function CodeLine({ children, label, actions }: { children: ReactNode; label: string; actions: ReactNode }) {
  return (
    <div className="code-line">
      <div className="code-line-text mono" role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
      <div className="code-line-actions">{actions}</div>
    </div>
  )
}
