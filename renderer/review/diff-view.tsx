import { useState } from 'react'
import type { DiffLine } from '../../shared/contract/setup.ts'
import { hunks } from './changes.ts'

const signs = { same: ' ', added: '+', removed: '−' } as const
const spoken = { same: '', added: 'added: ', removed: 'removed: ' } as const

/** A file before and after; what is new is marked, and explained beside it. */
export function DiffView({ diff, name }: { diff: readonly DiffLine[]; name: string }) {
  const [all, setAll] = useState(false)
  const rows = all ? diff : hunks(diff)
  return (
    <div className="diff" role="region" aria-label={`Changes in ${name}`} tabIndex={0}>
      {rows.map((row, index) =>
        'skipped' in row ? (
          <button key={`skipped-${index}`} type="button" className="plain diff-skipped" onClick={() => setAll(true)}>
            {row.skipped} unchanged {row.skipped === 1 ? 'line' : 'lines'}
          </button>
        ) : (
          <div key={`${index}-${row.text}`} className="diff-line" data-kind={row.kind}>
            <span className="diff-sign" aria-hidden="true">
              {signs[row.kind]}
            </span>
            <span className="diff-text mono">
              <span className="unseen">{spoken[row.kind]}</span>
              {row.text === '' ? ' ' : row.text}
            </span>
            {row.note === null ? null : <span className="diff-note">{row.note}</span>}
          </div>
        ),
      )}
    </div>
  )
}
