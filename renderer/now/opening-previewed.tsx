import '../check/check-page.css'
import { Button } from '@mantine/core'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { OpeningPreview } from '../../shared/contract/transport.ts'
import { FineChecks, OpenChecks } from '../check/check-list.tsx'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { ChangeList } from '../review/change-list.tsx'
import { Sentence } from '../review/sentence.tsx'

/** What opening will change and mean, and what Elasticsearch will check, before it is done. */
export function OpeningPreviewed({ preview, onBegun, onLeave, onAgain, busy, problem }: {
  preview: OpeningPreview
  onBegun: (workId: string) => void
  onLeave: () => void
  onAgain: () => void
  busy: boolean
  problem: ProblemView | null
}) {
  const { planId, sentences, checks, changes, restarts } = preview
  const open = useDo(async (engine) => {
    if (planId !== null) onBegun((await engine.transport.open({ planId })).workId)
  })
  const failing = checks.filter(({ status }) => status === 'blocks')
  const trouble = open.problem ?? problem
  return (
    <div className="stack">
      {failing.length === 0 ? null : (
        <>
          <p>Elasticsearch would not start with this: it checks more strictly once other machines reach it. Nothing was changed.</p>
          <OpenChecks checks={failing} />
        </>
      )}
      {failing.length > 0 ? null : (
        <ul className="sentences">
          {sentences.map((sentence) => (
            <Sentence key={sentence} text={sentence} />
          ))}
        </ul>
      )}
      <FineChecks checks={checks.filter(({ status }) => status === 'passed')} />
      {changes.length === 0 || failing.length > 0 ? null : <ChangeList changes={changes} />}
      {trouble === null ? null : <Trouble problem={trouble} />}
      <div className="row wrap">
        {planId === null ? null : (
          <Button onClick={() => open.start()} loading={open.busy}>
            {restarts ? 'Write and restart' : 'Write the setting'}
          </Button>
        )}
        {failing.length === 0 && trouble === null ? null : (
          <Button variant={planId === null ? 'filled' : 'default'} onClick={onAgain} loading={busy}>
            Check again
          </Button>
        )}
        <Button variant="subtle" onClick={onLeave} disabled={open.busy || busy}>
          {planId === null && failing.length === 0 ? 'Back' : 'Leave it as it is'}
        </Button>
      </div>
    </div>
  )
}
