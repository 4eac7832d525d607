import './fold.css'
import { type ReactNode, useId, useState } from 'react'
import { Icon } from '../design/icon.tsx'

/** What is optional: a line that names what is inside, and opens. `open` from outside opens it whenever it changes to true, or to another number. */
export function Fold({ title, hint, open = false, onOpen, children }: {
  title: ReactNode
  /** the default, or what is inside, in a few words */
  hint?: ReactNode
  open?: boolean | number
  onOpen?: (open: boolean) => void
  children: ReactNode
}) {
  const [shown, setShown] = useState(open !== false && open !== 0)
  const [asked, setAsked] = useState(open)
  const id = useId()
  if (asked !== open) {
    setAsked(open)
    if (open !== false && open !== 0) setShown(true)
  }
  const toggle = (): void => {
    setShown(!shown)
    onOpen?.(!shown)
  }
  return (
    <div className="fold" data-open={shown}>
      <button type="button" className="plain fold-line" aria-expanded={shown} aria-controls={id} onClick={toggle}>
        <Icon name="chevron" size={14} />
        <span className="fold-title">{title}</span>
        {hint === undefined ? null : <span className="fold-hint">{hint}</span>}
      </button>
      <div id={id} className="fold-inside" hidden={!shown}>
        {shown ? children : null}
      </div>
    </div>
  )
}
