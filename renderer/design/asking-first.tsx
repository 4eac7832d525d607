import './confirm.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Question } from './question.tsx'

/** A button for what takes something away: its press only asks, with what will go; the answer does it. */
export function AskingFirst({ words, title, sentences, confirm = words, busy, may = (ask) => ask(), onConfirm }: {
  /** on the button; an ellipsis says that it asks */
  words: string
  title: string
  sentences: readonly string[]
  /** on the answer that does it */
  confirm?: string
  busy: boolean
  /** asks now, or says first what is missing */
  may?: (ask: () => void) => void
  onConfirm: () => void
}) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button className="destructive" variant="default" loading={busy} aria-haspopup="dialog" onClick={() => may(() => setAsking(true))}>
        {words}…
      </Button>
      {asking ? (
        <Question
          title={title}
          sentences={sentences}
          words={confirm}
          busy={busy}
          onConfirm={() => {
            setAsking(false)
            onConfirm()
          }}
          onLeave={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
