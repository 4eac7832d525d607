import { Button, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { LockedStart } from '../existing/locked-start.tsx'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'

/** What Firstnode opened is put back, after it is said what that means. */
export function CloseTransport({ onBegun }: { onBegun: (workId: string) => void }) {
  const [asked, setAsked] = useState(false)
  if (asked) return <Closing onBegun={onBegun} onLeave={() => setAsked(false)} />
  return (
    <div>
      <button type="button" className="plain link small" onClick={() => setAsked(true)}>
        Put it back as it was
      </button>
    </div>
  )
}

function Closing({ onBegun, onLeave }: { onBegun: (workId: string) => void; onLeave: () => void }) {
  const target = useTarget()
  const preview = useAsk(JSON.stringify(target), (engine, signal) => engine.transport.previewClosing(target, { signal }))
  const close = useDo(async (engine, keystorePassword?: string) => {
    onBegun((await engine.transport.close({ target, ...(keystorePassword === undefined ? {} : { keystorePassword }) })).workId)
  })
  if (preview.state === 'asking') return <Skeleton height={64} radius="md" />
  if (preview.state === 'refused') return <Trouble problem={preview.problem} />
  const locked = close.problem !== null && isKeystoreLock(close.problem)
  const words = preview.answer.restarts ? 'Put back and restart' : 'Put back'
  return (
    <div className="stack">
      <ul className="sentences">
        {preview.answer.sentences.map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
      </ul>
      {locked ? <LockedStart words={words} onPassword={(password) => close.start(password)} busy={close.busy} problem={close.problem} /> : null}
      {close.problem === null || locked ? null : <Trouble problem={close.problem} />}
      <div className="row wrap">
        {locked ? null : (
          <Button onClick={() => close.start()} loading={close.busy}>
            {words}
          </Button>
        )}
        <Button variant="subtle" onClick={onLeave} disabled={close.busy}>
          Leave it open
        </Button>
      </div>
    </div>
  )
}
