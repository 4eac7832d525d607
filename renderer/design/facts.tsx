import './facts.css'
import type { ReactNode } from 'react'

/** A list of names and values, lined up. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>
}

/** One of them, with what can be done with it at its end. */
export function Fact({ name, actions, children }: { name: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className="fact-value">{children}</dd>
      {actions === undefined ? null : <dd className="fact-actions">{actions}</dd>}
    </div>
  )
}
