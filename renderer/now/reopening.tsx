import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import type { WorkState } from '../../shared/contract/work.ts'
import { useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
import { ProgressBar } from '../design/progress-bar.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'

/** A node that is started anew, opened or closed: what is done now. An opening can be cancelled to its end, a closing until the node is stopped. */
export function Reopening({ workId, onEnd }: { workId: string; onEnd: (state: WorkState) => void }) {
  const { state, problem } = useWork(workId)
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId })
  })
  const end = useEffectEvent(onEnd)
  const over = state !== null && state.stage !== 'underway' && state.stage !== 'cancelling'
  useEffect(() => {
    if (over) end(state)
  }, [over, state])
  if (problem !== null) return <Trouble problem={problem} />
  const opening = state?.what.what === 'open'
  const cancelling = state?.stage === 'cancelling' || cancel.busy
  const mayCancel = state !== null && (opening || (state.progress?.done ?? 0) === 0)
  return (
    <section className="card who-joins stack" aria-label="Who can join">
      <div className="row who-joins-head">
        <StateMark state="live" />
        <h2 className="grow">{cancelling ? 'Putting it back as it was' : opening ? 'Letting nodes of other machines in' : 'Keeping nodes of other machines out'}</h2>
        {mayCancel && !cancelling && !over ? (
          <Button variant="default" size="xs" onClick={() => cancel.start()}>
            Cancel
          </Button>
        ) : null}
      </div>
      {cancel.problem === null ? null : <Trouble problem={cancel.problem} />}
      <ProgressBar progress={state?.progress ?? null} name="Starting the node anew" ms={state === null ? 0 : now - state.startedAt} />
      <p className="small quiet">It continues, even without this page.{opening ? ' If the node does not start, everything is put back.' : ''}</p>
    </section>
  )
}
