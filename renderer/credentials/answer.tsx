import type { TryAnswer } from '../../shared/contract/node.ts'
import { StateWord } from '../design/state-mark.tsx'

/** What came back from a call that was tried. */
export function Answer({ answer }: { answer: TryAnswer }) {
  const good = answer.status >= 200 && answer.status < 300
  return (
    <div className="answer" role="status">
      <div className="row">
        <StateWord state={good ? 'good' : 'bad'}>{String(answer.status)}</StateWord>
        <span className="mono small grow">{answer.call}</span>
        <span className="seconds">{answer.ms < 1000 ? `${Math.round(answer.ms)} ms` : `${(answer.ms / 1000).toFixed(1)} s`}</span>
      </div>
      <pre className="technical mono" role="region" aria-label="Answer" tabIndex={0}>
        {pretty(answer.body)}
      </pre>
    </div>
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
