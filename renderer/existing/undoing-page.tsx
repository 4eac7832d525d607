import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import type { WorkState } from '../../shared/contract/work.ts'
import { useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
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
  if (failure !== null) return <RefusalPage problem={failure} primary={{ words: 'Back to the node', onPress: () => keep({ workId: null }) }} />
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
      lead={untouched ? `Nothing is changed in ${home} yet.` : 'It goes on to its end by itself, also without this page.'}
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
