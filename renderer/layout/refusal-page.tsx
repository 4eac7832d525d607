import type { ReactNode } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { firstSentence } from '../design/sentences.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Technical } from '../design/trouble.tsx'
import { Fold } from './fold.tsx'
import { Page, type Primary } from './page.tsx'

/** A refusal is a page like any other: what happened, why, the remedy, and the way on as the primary button. */
export function RefusalPage({ problem, primary, second, children }: { problem: ProblemView; primary: Primary; second?: ReactNode; children?: ReactNode }) {
  const { first, rest } = firstSentence(problem.message)
  return (
    <Page state={problem.code === 'cancelled' ? null : <StateMark state="bad" words="Refused:" />} title={first} lead={rest === '' ? undefined : rest} primary={primary} second={second}>
      <div className="card remedy">
        <h2>What to do</h2>
        <p>{problem.remedy}</p>
      </div>
      {children}
      <Fold title="Technical detail" hint={problem.code}>
        <Technical problem={problem} />
      </Fold>
    </Page>
  )
}
