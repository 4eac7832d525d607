import '../review/review-page.css'
import { Button } from '@mantine/core'
import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { ChangeList } from '../review/change-list.tsx'
import { Sentence } from '../review/sentence.tsx'
import { OpenChecks } from './check-list.tsx'
import { undoWords } from './remedy-words.ts'

/** Undoing what stands in the way, before it is done: what goes, where, and what stays. */
export function RemedyPage({ preview, onDone, onLeave, onLookAgain }: { preview: RemedyPreview; onDone: () => void; onLeave: () => void; onLookAgain: () => void }) {
  const apply = useDo(async (engine) => {
    if (preview.planId !== null) await engine.preflight.applyRemedy({ planId: preview.planId })
    onDone()
  })
  return (
    <Page
      title="Remove the blocking settings"
      lead="Nothing has been written yet. The changes are applied together or not at all."
      primary={{ words: undoWords(preview), onPress: apply.start, busy: apply.busy }}
      second={
        <Button variant="subtle" onClick={onLeave} disabled={apply.busy}>
          Back to the checks
        </Button>
      }
    >
      <ul className="sentences">
        {preview.sentences.map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
      </ul>
      {apply.problem === null ? null : (
        <Trouble problem={apply.problem}>
          <button type="button" className="plain link" onClick={onLookAgain}>
            Review them again
          </button>
        </Trouble>
      )}
      <section className="stack" aria-label="Changes on disk">
        <h2>Changes on disk</h2>
        <ChangeList changes={preview.changes} />
      </section>
      {preview.remains.length === 0 ? null : (
        <section className="stack" aria-label="What still blocks the setup">
          <h2>What still blocks the setup</h2>
          <OpenChecks checks={preview.remains} />
        </section>
      )}
    </Page>
  )
}
