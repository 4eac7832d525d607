import { Button } from '@mantine/core'
import { useState } from 'react'
import type { KibanaRun, KibanaView } from '../../shared/contract/kibana.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { KibanaUndo } from './kibana-undo.tsx'

/** A Kibana that is connected already: start it, connect it anew, or take back what Firstnode wrote. */
export function KibanaConnected({ kibana, busy, onStarted, onAnew, onUndone }: {
  kibana: KibanaView
  busy: boolean
  onStarted: (run: KibanaRun) => void
  onAnew: () => void
  onUndone: (sentences: readonly string[]) => void
}) {
  const [undoing, setUndoing] = useState(false)
  const start = useDo(async (engine) => onStarted(await engine.kibana.start({ target: { home: kibana.home } })))
  return (
    <div className="stack">
      <p>It is already {kibana.connected}, and would not ask for a token.</p>
      <div className="row">
        {kibana.startable ? (
          <Button onClick={() => start.start()} loading={start.busy} disabled={busy}>
            Start Kibana
          </Button>
        ) : null}
        <Button variant="default" onClick={onAnew} loading={busy}>
          Reconnect Kibana
        </Button>
        {kibana.undoable ? (
          <Button variant="subtle" onClick={() => setUndoing(!undoing)} aria-expanded={undoing}>
            Undo what Firstnode wrote
          </Button>
        ) : null}
      </div>
      {start.problem === null ? null : <Trouble problem={start.problem} />}
      {undoing ? <KibanaUndo home={kibana.home} onUndone={onUndone} /> : null}
    </div>
  )
}
