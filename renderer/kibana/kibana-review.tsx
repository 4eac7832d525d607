import '../review/review-page.css'
import { Button } from '@mantine/core'
import type { KibanaPreview, KibanaRun } from '../../shared/contract/kibana.ts'
import { useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { Trouble } from '../design/trouble.tsx'
import { ChangeList } from '../review/change-list.tsx'
import { Sentence } from '../review/sentence.tsx'

/** What connecting this Kibana will write, before it is written; and the press that does it and starts Kibana. */
export function KibanaReview({ preview, setupId, onStarted, onWritten, onLeave, onAgain }: {
  preview: KibanaPreview
  /** of the set-up that formed the cluster */
  setupId: string
  onStarted: (run: KibanaRun) => void
  /** written, and nothing was started: there is nothing to start, or it was refused */
  onWritten: () => void
  onLeave: () => void
  /** looks at it once more, with a new token */
  onAgain: () => void
}) {
  const { home, startable } = preview.kibana
  const apply = useDo(async (engine) => {
    await engine.kibana.apply({ planId: preview.planId, setupId })
    if (!startable) return onWritten()
    try {
      onStarted(await engine.kibana.start({ target: { home } }))
    } catch (thrown) {
      // Why it was not started is told where it can be started.
      onWritten()
      throw thrown
    }
  })
  const files = counted(preview.changes.length, 'file')
  const words = startable ? `Write ${files} and start Kibana` : `Write ${files}`
  return (
    <div className="stack wide">
      <div>
        <h2>Review the changes</h2>
        <p className="small quiet">Nothing has been written yet, here or in the cluster. The changes are applied together or not at all.</p>
      </div>
      <ul className="sentences">
        {preview.sentences.map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
        {preview.notes.map(({ code, message, remedy }) => (
          <Sentence key={code} text={`${message} ${remedy}`} />
        ))}
      </ul>
      <section aria-label="Changes on disk">
        <ChangeList changes={preview.changes} />
      </section>
      <div className="row">
        {preview.kibana.connected === null ? (
          <Button onClick={() => apply.start()} loading={apply.busy}>
            {words}
          </Button>
        ) : (
          <AskingFirst
            words={words}
            title="Replace the connection of Kibana?"
            sentences={[`Kibana is already ${preview.kibana.connected}. That connection is replaced; its settings stay in the file as comments.`]}
            confirm="Replace the connection"
            busy={apply.busy}
            onConfirm={() => apply.start()}
          />
        )}
        <Button variant="subtle" onClick={onLeave} disabled={apply.busy}>
          Back to the list
        </Button>
      </div>
      {apply.problem === null ? null : (
        <Trouble problem={apply.problem}>
          <button type="button" className="plain link" onClick={onAgain}>
            Review them again
          </button>
        </Trouble>
      )}
    </div>
  )
}
