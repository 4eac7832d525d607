import type { Check } from '../../shared/contract/preflight.ts'
import { counted } from '../design/sentences.ts'
import { type State, StateMark } from '../design/state-mark.tsx'
import { Fold } from '../layout/fold.tsx'

const marks: Record<Check['status'], readonly [State, string]> = {
  blocks: ['bad', 'Stands in the way:'],
  skips: ['heed', 'Needs a decision:'],
  warning: ['heed', 'Worth knowing:'],
  passed: ['good', 'Passed:'],
}

/** What needs a decision: what was looked at, what it means, and the remedy. */
export function OpenChecks({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return null
  return (
    <ul className="card open-checks">
      {checks.map((check) => (
        <li key={check.id} className="open-check">
          <StateMark state={marks[check.status][0]} words={marks[check.status][1]} />
          <div className="grow stack tight">
            <div className="open-check-head">
              <h2>{check.title}</h2>
              {check.undoable === true ? <span className="open-check-undo">Firstnode can undo this</span> : null}
            </div>
            <p className="quiet">{check.detail}</p>
            {check.remedy === null ? null : (
              <p>
                <span className="open-check-what">What to do: </span>
                {check.remedy}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What is fine, in one line that opens to all. */
export function FineChecks({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return null
  return (
    <Fold title={`${counted(checks.length, 'check')} passed`} hint={checks.map(({ title }) => title.toLowerCase()).join(', ')}>
      <ul className="fine-checks">
        {checks.map((check) => (
          <li key={check.id}>
            <StateMark state="good" words="Passed:" />
            <span className="fine-check-title">{check.title}</span>
            <span className="quiet small">{check.detail}</span>
          </li>
        ))}
      </ul>
    </Fold>
  )
}
