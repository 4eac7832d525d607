import { Button, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
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

/** The closing in sentences, and the button that does it once its question is answered. `onLeave`: the node may stay open. */
export function Closing({ onBegun, onLeave }: { onBegun: (workId: string) => void; onLeave?: () => void }) {
  const target = useTarget()
  const preview = useAsk(JSON.stringify(target), (engine, signal) => engine.transport.previewClosing(target, { signal }))
  const close = useDo(async (engine, keystorePassword?: string) => {
    onBegun((await engine.transport.close({ target, ...(keystorePassword === undefined ? {} : { keystorePassword }) })).workId)
  })
  if (preview.state === 'asking') return <Skeleton height={64} radius="md" />
  if (preview.state === 'refused') return <Trouble problem={preview.problem} />
  const { sentences, restarts } = preview.answer
  const locked = close.problem !== null && isKeystoreLock(close.problem)
  const words = restarts ? 'Restore and restart' : 'Restore the settings'
  return (
    <div className="stack">
      <ul className="sentences">
        {sentences.map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
      </ul>
      {locked ? <LockedStart words={words} onPassword={(password) => close.start(password)} busy={close.busy} problem={close.problem} /> : null}
      {close.problem === null || locked ? null : <Trouble problem={close.problem} />}
      <div className="row wrap">
        {locked ? null : (
          <AskingFirst
            words={words}
            title="Restore the transport settings?"
            sentences={sentences}
            busy={close.busy}
            onConfirm={() => close.start()}
          />
        )}
        {onLeave === undefined ? null : (
          <Button variant="subtle" onClick={onLeave} disabled={close.busy}>
            Leave it open
          </Button>
        )}
      </div>
    </div>
  )
}
