import '../kibana/kibana.css'
import { Button, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { kibanaWords } from '../../shared/clients/client-words.ts'
import type { KibanaPreview, KibanaRun, KibanaView } from '../../shared/contract/kibana.ts'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { AllTheSame } from '../design/all-the-same.tsx'
import { Trouble } from '../design/trouble.tsx'
import { KibanaChoice } from '../kibana/kibana-choice.tsx'
import { KibanaConnected } from '../kibana/kibana-connected.tsx'
import { KibanaReview } from '../kibana/kibana-review.tsx'
import { KibanaRunning } from '../kibana/kibana-running.tsx'
import { KibanaUnfinished } from '../kibana/kibana-unfinished.tsx'
import { Fold } from '../layout/fold.tsx'
import { IncompleteList } from '../layout/incomplete-list.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { KibanaByHand } from './kibana-by-hand.tsx'

type View =
  | { readonly at: 'list'; readonly said: readonly string[] }
  | { readonly at: 'review'; readonly preview: KibanaPreview; readonly replace: boolean }
  /** `run` null: begun before this page was there, and known by its id alone */
  | { readonly at: 'running'; readonly runId: string; readonly run: KibanaRun | null; readonly token: EnrollmentTokenView | null }

/** Kibana: choose one, see what is written, write it, start it, open it (seeds: "Start Elasticsearch and enroll Kibana"). */
export function KibanaDoor({ setupId }: { setupId: string }) {
  const target = useTarget()
  const { place, keep } = useWizard()
  const [view, setView] = useState<View>(() => (place.kibanaRunId == null ? { at: 'list', said: [] } : { at: 'running', runId: place.kibanaRunId, run: null, token: null }))
  const [added, setAdded] = useState<readonly KibanaView[]>([])
  const [picked, setPicked] = useState<string | null>(null)
  const found = useAsk(target.home, (engine, signal) => engine.kibana.find({ beside: target.home }, { signal }))
  const follow = (run: KibanaRun, token: EnrollmentTokenView | null): void => {
    keep({ kibanaRunId: run.runId })
    setView({ at: 'running', runId: run.runId, run, token })
  }
  const preview = useDo(async (engine, home: string, replace: boolean, force?: true) => {
    const { token } = await engine.cluster.token({ target, setupId, scope: 'kibana', ...(force === undefined ? {} : { force }) })
    setView({ at: 'review', preview: await engine.kibana.preview({ target: { home }, token, replace }), replace })
  })
  const interactive = useDo(async (engine, home: string, force?: true) => {
    const token = await engine.cluster.token({ target, setupId, scope: 'kibana', ...(force === undefined ? {} : { force }) })
    follow(await engine.kibana.start({ target: { home }, interactive: true }), token)
  })
  const leave = (said: readonly string[] = []): void => {
    keep({ kibanaRunId: null })
    setView({ at: 'list', said })
    setAdded([])
    found.again()
  }

  if (view.at === 'review') {
    const { home } = view.preview.kibana
    return (
      <>
        <KibanaReview
          key={view.preview.planId}
          preview={view.preview}
          setupId={setupId}
          onStarted={(run) => follow(run, null)}
          onWritten={() => leave(['Kibana is connected. Start it, then open it.'])}
          onLeave={() => leave()}
          onAgain={() => preview.start(home, view.replace)}
        />
        {preview.problem === null ? null : <Trouble problem={preview.problem} />}
      </>
    )
  }
  if (view.at === 'running') return <KibanaRunning runId={view.runId} begun={view.run} token={view.token} setupId={setupId} onLeave={() => leave()} />

  const kibanas = [...added, ...(found.state === 'answered' ? found.answer.kibanas.filter(({ home }) => added.every((one) => one.home !== home)) : [])]
  const chosen = kibanas.find(({ home }) => home === picked) ?? kibanas[0] ?? null
  return (
    <div className="stack wide">
      {view.said.length === 0 ? null : (
        <ul className="stack tight" role="status">
          {view.said.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {found.state === 'asking' && added.length === 0 ? <Skeleton height={96} radius="md" /> : null}
      {found.state === 'refused' ? <Trouble problem={found.problem} /> : null}
      {found.state === 'answered' ? <IncompleteList incomplete={found.answer.incomplete} onAgain={found.again} /> : null}
      {found.state === 'answered' || added.length > 0 ? (
        <KibanaChoice
          kibanas={kibanas}
          chosen={chosen?.home ?? null}
          onChoose={setPicked}
          onAdd={(kibana) => {
            setAdded([kibana, ...added.filter(({ home }) => home !== kibana.home)])
            setPicked(kibana.home)
          }}
        />
      ) : null}
      {chosen === null ? null : chosen.unfinished !== undefined ? (
        <KibanaUnfinished key={chosen.home} home={chosen.home} unfinished={chosen.unfinished} onUndone={leave} />
      ) : chosen.connected === null ? (
        <div className="row">
          <Button onClick={() => preview.start(chosen.home, false)} loading={preview.busy}>
            Review the changes
          </Button>
          {chosen.startable ? (
            <Button variant="subtle" onClick={() => interactive.start(chosen.home)} loading={interactive.busy}>
              Let Kibana ask for the token
            </Button>
          ) : null}
        </div>
      ) : (
        <KibanaConnected
          key={chosen.home}
          kibana={chosen}
          busy={preview.busy}
          onStarted={(run) => follow(run, null)}
          onAnew={() => preview.start(chosen.home, true)}
          onUndone={leave}
        />
      )}
      {preview.problem === null ? null : <Trouble problem={preview.problem} />}
      {chosen === null ? null : <AllTheSame problem={preview.problem} busy={preview.busy} onPress={() => preview.start(chosen.home, chosen.connected !== null, true)} />}
      {interactive.problem === null ? null : <Trouble problem={interactive.problem} />}
      {chosen === null ? null : <AllTheSame problem={interactive.problem} busy={interactive.busy} onPress={() => interactive.start(chosen.home, true)} />}
      <Fold title={kibanaWords.elsewhere} hint="a token, to be pasted there">
        <KibanaByHand setupId={setupId} />
      </Fold>
    </div>
  )
}
