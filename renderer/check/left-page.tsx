import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { useDo } from '../connection/use-ask.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { useTarget } from '../place/wizard.ts'

/** Work of another command that was interrupted: what it was, and how to end it, here where that takes no decision. */
export function LeftPage({ unfinished, where, again, another }: { unfinished: UnfinishedWork; where: string; again: () => void; another: ReactNode }) {
  const target = useTarget()
  const end = useDo(async (engine) => {
    await engine.setup.endUnfinished(target)
    again()
  })
  const endsHere = unfinished.kind === 'remedy' || unfinished.kind === 'temporary-user'
  const checkAgain = { words: 'Check again', onPress: again }
  return (
    <Page
      state={<StateMark state="heed" />}
      title="Unfinished work"
      lead={where}
      primary={endsHere ? { words: 'Restore the files', onPress: () => end.start(), busy: end.busy } : checkAgain}
      second={
        <>
          {endsHere ? (
            <Button variant="subtle" onClick={again}>
              Check again
            </Button>
          ) : null}
          {another}
        </>
      }
    >
      <div className="card remedy">
        <p>{unfinished.message}</p>
        {endsHere ? null : <p>{unfinished.remedy}</p>}
      </div>
      {end.problem === null ? null : <Trouble problem={end.problem} />}
    </Page>
  )
}
