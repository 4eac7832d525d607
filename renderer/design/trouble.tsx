import './trouble.css'
import type { ReactNode } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { CopyButton } from './copy-button.tsx'
import { StateMark } from './state-mark.tsx'

/** A problem within a page: what happened, and the remedy. */
export function Trouble({ problem, children }: { problem: Pick<ProblemView, 'message' | 'remedy'>; children?: ReactNode }) {
  return (
    <div className="trouble" role="alert">
      <StateMark state="bad" words="Refused" />
      <div className="grow stack tight">
        <p className="trouble-what">{problem.message}</p>
        <p className="quiet">{problem.remedy}</p>
        {children}
      </div>
    </div>
  )
}

/** The technical side of a problem, to be copied into a report. */
export function Technical({ problem }: { problem: ProblemView }) {
  const text = `${problem.code}\n${problem.message}\n${problem.remedy}${problem.detail === null ? '' : `\n\n${problem.detail}`}`
  return (
    <div className="stack tight">
      <div className="row">
        <span className="grow small quiet">
          Code <span className="mono">{problem.code}</span>
        </span>
        <CopyButton what="the detail" text={text} />
      </div>
      {problem.detail === null ? null : (
        <pre className="technical mono" tabIndex={0} role="region" aria-label="Technical detail">
          {problem.detail}
        </pre>
      )}
    </div>
  )
}
