import { useAsk, useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { Trouble } from '../design/trouble.tsx'

/** What undoing a Kibana's connection does, and the button that does it once its question is answered. */
export function KibanaUndo({ home, onUndone }: { home: string; onUndone: (sentences: readonly string[]) => void }) {
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
        <AskingFirst
          words="Undo the connection"
          title="Undo the connection of Kibana?"
          sentences={preview.answer.sentences}
          busy={undo.busy}
          onConfirm={() => undo.start()}
        />
      </div>
      {undo.problem === null ? null : <Trouble problem={undo.problem} />}
    </div>
  )
}
