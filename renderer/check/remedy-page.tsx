import '../review/review-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { useDo } from '../connection/use-ask.ts'
import { Question } from '../design/question.tsx'
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
  const [asking, setAsking] = useState(false)
  const words = undoWords(preview)
  return (
    <Page
      title="Remove the blocking settings"
      lead="Nothing has been written yet. The changes are applied together or not at all."
      primary={{ words: `${words}…`, onPress: () => setAsking(true), busy: apply.busy }}
      second={
        <Button variant="subtle" onClick={onLeave} disabled={apply.busy}>
          Back to the checks
        </Button>
      }
    >
      {asking ? (
        <Question
          title="Remove these settings?"
          sentences={goingOf(preview)}
          words={words}
          busy={apply.busy}
          onConfirm={() => {
            setAsking(false)
            apply.start()
          }}
          onLeave={() => setAsking(false)}
        />
      ) : null}
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

/** What no longer applies, by name. */
function goingOf({ settings, keystoreEntries }: RemedyPreview): string[] {
  const commented = settings.filter(({ how }) => how === 'commented out').map(({ name }) => name)
  const removed = settings.filter(({ how }) => how !== 'commented out').map(({ name }) => name)
  return [
    ...(commented.length === 0 ? [] : [`Commented out in elasticsearch.yml: ${commented.join(', ')}.`]),
    ...(removed.length === 0 ? [] : [`Removed from elasticsearch.yml: ${removed.join(', ')}.`]),
    ...(keystoreEntries.length === 0 ? [] : [`Removed from elasticsearch.keystore: ${keystoreEntries.join(', ')}.`]),
  ]
}
