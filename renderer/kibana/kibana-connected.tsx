import { Button } from '@mantine/core'
import { useState } from 'react'
import type { KibanaRun, KibanaView } from '../../shared/contract/kibana.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { Trouble } from '../design/trouble.tsx'

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
      {undoing ? <Undo home={kibana.home} onUndone={onUndone} /> : null}
    </div>
  )
}

function Undo({ home, onUndone }: { home: string; onUndone: (sentences: readonly string[]) => void }) {
  const preview = useAsk(home, (engine, signal) => engine.kibana.previewUndo({ home }, { signal }))
  const undo = useDo(async (engine) => onUndone((await engine.kibana.undo({ home })).sentences))
  if (preview.state === 'asking') return <p className="small quiet">Checking what was written</p>
  if (preview.state === 'refused') return <Trouble problem={preview.problem} />
  return (
    <div className="stack tight">
      <ul className="stack tight">
        {preview.answer.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div>
        <AskingFirst words="Undo the connection" title="Undo the connection of Kibana?" sentences={preview.answer.sentences} busy={undo.busy} onConfirm={() => undo.start()} />
      </div>
      {undo.problem === null ? null : <Trouble problem={undo.problem} />}
    </div>
  )
}
