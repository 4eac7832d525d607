import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { StateMark } from '../design/state-mark.tsx'
import { UnfinishedPanel } from '../layout/unfinished-panel.tsx'
import { KibanaUndo } from './kibana-undo.tsx'

/** A Kibana whose connecting, or whose undo, was interrupted: nothing else is done with it before that is ended. */
export function KibanaUnfinished({ home, unfinished, onUndone }: {
  home: string
  unfinished: UnfinishedWork
  onUndone: (sentences: readonly string[]) => void
}) {
  return (
    <div className="stack">
      <div className="row kibana-state">
        <StateMark state="heed" />
        <h2>{unfinished.command === null ? 'Firstnode is working on it' : 'Unfinished work'}</h2>
      </div>
      <UnfinishedPanel unfinished={unfinished}>
        {unfinished.command === null ? undefined : <KibanaUndo home={home} onUndone={onUndone} />}
      </UnfinishedPanel>
    </div>
  )
}
