import './open-transport.css'
import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { OpeningPreview, TransportState } from '../../shared/contract/transport.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useTarget } from '../place/wizard.ts'
import { CloseTransport } from './close-transport.tsx'
import { OpeningPreviewed } from './opening-previewed.tsx'
import { Reopening } from './reopening.tsx'
import { TransportChoice } from './transport-choice.tsx'

/** Who can join: as it stands, opened to an address that other machines reach, and closed again. */
export function OpenTransport() {
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), (engine, signal) => engine.transport.look(target, { signal }))
  const [begun, setBegun] = useState<string | null>(null)
  const [ended, setEnded] = useState<WorkState | null>(null)
  if (asked.state === 'asking') return <Skeleton height={72} radius="md" />
  if (asked.state === 'refused') return <Trouble problem={asked.problem} />
  const workId = begun ?? asked.answer.workId
  if (workId !== null && ended === null) return <Reopening workId={workId} onEnd={setEnded} />
  const again = (): void => {
    setBegun(null)
    setEnded(null)
    asked.again()
  }
  const begin = (id: string): void => {
    setEnded(null)
    setBegun(id)
  }
  if (ended !== null) return <Ended state={ended} onOn={again} />
  return <Standing state={asked.answer} onBegun={begin} onAgain={asked.again} />
}

/** What an opening or closing came to. */
function Ended({ state, onOn }: { state: WorkState; onOn: () => void }) {
  const opened = state.what.what === 'open'
  return (
    <section className="card who-joins stack" aria-label="Who can join">
      {state.problem === null ? (
        <>
          <div className="row who-joins-head" role="status">
            <StateMark state="good" />
            <h2>{opened ? 'Nodes of other machines can join' : 'Only nodes of this machine can join again'}</h2>
          </div>
          <ul className="stack tight" aria-label="What was done">
            {state.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      ) : (
        <Trouble problem={state.problem} />
      )}
      <div>
        <button type="button" className="plain link" onClick={onOn}>
          Look at it again
        </button>
      </div>
    </section>
  )
}

function Standing({ state, onBegun, onAgain }: { state: TransportState; onBegun: (workId: string) => void; onAgain: () => void }) {
  const target = useTarget()
  const [hosts, setHosts] = useState<string | null>(null)
  const [changing, setChanging] = useState(false)
  const [previewed, setPreviewed] = useState<OpeningPreview | null>(null)
  const preview = useDo(async (engine, wish: { hosts: string; keystorePassword?: string }) => {
    const seen = await engine.transport.previewOpening({ target, ...wish })
    setHosts(wish.hosts)
    setPreviewed(seen)
  })
  const leave = (): void => {
    setPreviewed(null)
    onAgain()
  }
  return (
    <section className="card who-joins stack" aria-label="Who can join">
      <div className="row who-joins-head">
        <StateMark state={state.open ? 'good' : 'waiting'} />
        <h2 className="grow">{state.open ? 'Nodes of other machines can join' : 'Only nodes of this machine can join'}</h2>
        {changing || previewed !== null ? null : (
          <button type="button" className="plain link small" onClick={() => setChanging(true)}>
            {state.open ? 'Change' : 'Allow nodes on other machines'}
          </button>
        )}
      </div>
      <p className="small quiet">
        {state.open ? `Transport is bound to ${state.hosts.join(', ')}` : 'Transport, by which nodes talk to each other, listens on localhost'}
        {state.published === null || !state.running ? '.' : <>; other nodes are told <span className="mono">{state.published}</span>.</>}
      </p>
      {previewed !== null && hosts !== null ? (
        <OpeningPreviewed key={previewed.planId} preview={previewed} onBegun={onBegun} onLeave={leave} onAgain={() => preview.start({ hosts })} busy={preview.busy} problem={preview.problem} />
      ) : null}
      {previewed === null && changing ? (
        <TransportChoice state={state} busy={preview.busy} problem={preview.problem} onChosen={(wish) => preview.start(wish)} onLeave={() => setChanging(false)} />
      ) : null}
      {previewed === null && !changing && state.opened ? <CloseTransport onBegun={onBegun} /> : null}
    </section>
  )
}
