import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { ProgressBar } from '../design/progress-bar.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'

/** A set-up that is undone: what is done now, and in the end what was done. */
export function UndoingPage({ workId }: { workId: string }) {
  const { begin, keep } = useWizard()
  const { state, problem } = useWork(workId)
  const cancelled = state?.stage === 'cancelled'
  const back = useEffectEvent(() => keep({ workId: null }))
  useEffect(() => {
    if (cancelled) back()
  }, [cancelled])
  const failure = problem ?? (cancelled ? null : (state?.problem ?? null))
  if (failure !== null) return <Refused problem={failure} />
  if (state === null) return <WaitingPage title="Undoing the set-up" />
  if (state.stage !== 'done') return <Underway state={state} />
  return (
    <Page state={<StateMark state="good" />} title="The set-up is undone" primary={{ words: 'Back to Find', onPress: () => begin() }}>
      <ul className="stack tight" aria-label="What was done">
        {state.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Page>
  )
}

/** Where only the absence of other nodes is in the way, the person is asked whether they still exist. */
function Refused({ problem }: { problem: ProblemView }) {
  const { keep, secrets } = useWizard()
  const target = useTarget()
  const undo = useDo(async (engine) => {
    const { keystorePassword } = secrets
    const secret = keystorePassword === undefined ? {} : { keystorePassword }
    const { workId } = await engine.undo.apply({ target, othersGone: true, ...secret })
    keep({ workId })
  })
  const primary = { words: 'Back to the node', onPress: () => keep({ workId: null }) }
  if (problem.code !== 'undo_no_master' && problem.code !== 'undo_absent_nodes') return <RefusalPage problem={problem} primary={primary} />
  return (
    <RefusalPage problem={problem} primary={primary}>
      <section className="card remedy stack" aria-label="Undo without the other nodes">
        <p>If the other nodes no longer exist, this node can be undone without them.</p>
        <div>
          <AskingFirst
            words="Undo without the other nodes"
            title="Do the other nodes no longer exist?"
            sentences={[
              'The data of this node is deleted, and its setup is undone.',
              'The other nodes are not asked. Data that only this node still has is lost.',
            ]}
            busy={undo.busy}
            onConfirm={() => undo.start()}
          />
        </div>
        {undo.problem === null ? null : <Trouble problem={undo.problem} />}
      </section>
    </RefusalPage>
  )
}

function Underway({ state }: { state: WorkState }) {
  const { home } = useTarget()
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId: state.workId })
  })
  const untouched = (state.progress?.done ?? 0) === 0
  const cancelling = state.stage === 'cancelling' || cancel.busy
  return (
    <Page
      state={<StateMark state="live" />}
      title={cancelling ? 'Leaving the set-up as it is' : 'Undoing the set-up'}
      lead={untouched ? `Nothing is changed in ${home} yet.` : 'It continues to the end, even without this page.'}
      second={
        untouched && !cancelling ? (
          <Button variant="default" onClick={() => cancel.start()}>
            Cancel
          </Button>
        ) : null
      }
    >
      {cancel.problem === null ? null : <Trouble problem={cancel.problem} />}
      <ProgressBar progress={state.progress} name="Undoing" ms={now - state.startedAt} />
    </Page>
  )
}
