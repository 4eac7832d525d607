import './page.css'
import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'
import { useAnnounce } from './announce.tsx'

export interface Primary {
  /** what pressing it does */
  readonly words: string
  readonly onPress: () => void
  readonly busy?: boolean
  readonly disabled?: boolean
  /** cannot be pressed yet, and keeps its place in the tab order: what it does is being worked out */
  readonly waiting?: boolean
}

/**
 * One question or one result: heading, content, and the one primary button, which has the focus as soon as it can be
 * pressed. A held key presses it once.
 */
export function Page({ title, lead, primary, second, state, children }: {
  title: string
  lead?: ReactNode
  primary?: Primary | undefined
  second?: ReactNode
  /** set above the heading: the mark of a refusal, of something that is alive */
  state?: ReactNode
  children?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const announce = useAnnounce()
  const ready = primary !== undefined && primary.disabled !== true && primary.busy !== true && primary.waiting !== true

  const takeFocus = useEffectEvent(() => (ready ? button : heading).current?.focus({ preventScroll: true }))
  useEffect(() => {
    document.title = `${title} · Firstnode`
    announce(title)
    takeFocus()
    window.scrollTo(0, 0)
  }, [title, announce])

  useEffect(() => {
    const nowhere = document.activeElement === null || document.activeElement === document.body || document.activeElement === heading.current
    if (ready && nowhere) takeFocus()
  }, [ready])

  return (
    <section className="page" aria-labelledby={id}>
      <header className="page-head">
        {state}
        <h1 id={id} ref={heading} tabIndex={-1}>{title}</h1>
        {lead === undefined ? null : <div className="page-lead">{lead}</div>}
      </header>
      <div className="page-body">{children}</div>
      {primary === undefined && second === undefined ? null : (
        <footer className="page-foot">
          {primary === undefined ? null : (
            <Button
              ref={button}
              className="primary"
              onClick={primary.onPress}
              onKeyDown={once}
              disabled={primary.disabled === true}
              loading={primary.busy === true}
              aria-describedby={id}
              {...(primary.waiting === true ? { 'aria-disabled': true, 'data-disabled': true } : {})}
            >
              {primary.words}
            </Button>
          )}
          {second}
        </footer>
      )}
    </section>
  )
}

/** The next step's primary button takes the focus: a key that is still held must not press that one too. */
function once(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault()
}
