import './start-page.css'
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { SetupState } from '../../shared/contract/setup.ts'
import { duration } from '../../shared/duration.ts'
import { useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { useAnnounce } from '../layout/announce.tsx'
import { Fold } from '../layout/fold.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useWizard } from '../place/wizard.ts'
import { JoinedPage } from '../join/joined-page.tsx'
import type { KeptLog } from './kept-log.ts'
import { LogView } from './log-view.tsx'
import { isOver, putsBack, secondsOf } from './stages.ts'
import { Timeline } from './timeline.tsx'
import { useSetup } from './use-setup.ts'

/** ms */
const toSeeTheLastPhaseEnd = 700

/** The start as a timeline, the log beside it, a way out at any time. It goes on by itself once everything is proved. */
export function StartPage() {
  const { place, begin } = useWizard()
  const { state, log, problem } = useSetup(place.setupId ?? '')
  if (problem !== null) return <RefusalPage problem={problem} primary={{ words: 'Back to Find', onPress: () => begin() }} />
  if (state === null) return <WaitingPage title="Starting" />
  if (state.stage === 'failed' || state.stage === 'cancelled') return <Ended state={state} log={log} />
  if (state.joined !== undefined) return <JoinedPage state={state} cluster={state.joined} />
  return <Underway state={state} log={log} />
}

function Underway({ state, log }: { state: SetupState; log: KeptLog }) {
  const { go, came } = useWizard()
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const running = state.phases.find((phase) => phase.state === 'running')
  const underway = running?.title
  const over = isOver(state)
  const now = useNow(100, !over)
  const cancel = useDo(async (engine) => {
    await engine.setup.cancel({ setupId: state.setupId })
  })
  const first = state.phases.some(({ id }) => id === 'files')

  useEffect(() => {
    if (underway !== undefined) announce(underway)
  }, [underway, announce])
  const goOn = useEffectEvent(() => {
    if (state.stage === 'handed-over') go('now', { line: 'Running' })
    else if (first && !state.asIs) go('credentials', { line: `Proved after ${duration(secondsOf(state, Date.now()))}` })
    else go('existing', { setupId: null })
  })
  const patience = came === 'reload' ? 0 : toSeeTheLastPhaseEnd
  useEffect(() => {
    if (!over) return undefined
    const timer = setTimeout(() => goOn(), patience)
    return () => clearTimeout(timer)
  }, [over, patience])

  const cancelling = state.stage === 'cancelling' || cancel.busy
  return (
    <Page
      state={<StateMark state={over ? 'good' : 'live'} />}
      title={over ? (state.asIs ? 'It runs' : 'It runs, and everything is proved') : cancelling ? 'Putting everything back' : first ? 'Setting it up' : 'Starting it'}
      lead={
        <span className="start-lead">
          <span>{over ? 'On to what it has.' : (running?.title ?? 'Beginning')}</span>
          <span className="seconds">{duration(secondsOf(state, now))}</span>
        </span>
      }
      second={
        over || cancelling ? null : asking ? (
          <div className="ask" role="group" aria-label="Cancel the set-up">
            <p className="small">{putsBack(state)}</p>
            <div className="row">
              <Button variant="default" autoFocus onClick={() => cancel.start()}>
                Cancel and put everything back
              </Button>
              <Button variant="subtle" onClick={() => setAsking(false)}>
                Go on
              </Button>
            </div>
          </div>
        ) : (
          <Button variant="default" onClick={() => setAsking(true)}>
            Cancel
          </Button>
        )
      }
    >
      {cancel.problem === null ? null : <Trouble problem={cancel.problem} />}
      {state.notes.map((note) => (
        <p key={note} className="notice">
          {note}
        </p>
      ))}
      <Timeline phases={state.phases} now={now} />
      <LogFold log={log} />
    </Page>
  )
}

/** Failed or cancelled: what happened, what was put back, and the log at the line that explains it. */
function Ended({ state, log }: { state: SetupState; log: KeptLog }) {
  const { go, begin } = useWizard()
  const again = { words: state.asIs ? 'Check again' : 'Try again', onPress: () => go('check', { setupId: null, planId: null }) }
  const other = (
    <Button variant="subtle" onClick={() => begin()}>
      Choose another
    </Button>
  )
  const failed = state.phases.find((phase) => phase.state === 'failed')
  if (state.problem === null || state.stage === 'cancelled') {
    return (
      <Page title="Cancelled" lead={state.putBack ?? 'Everything is as it was before.'} primary={{ ...again, words: 'Back to the plan' }} second={other}>
        <LogFold log={log} />
      </Page>
    )
  }
  return (
    <RefusalPage problem={state.problem} primary={again} second={other}>
      {state.putBack === null ? null : (
        <div className="put-back">
          <h2>Current state</h2>
          <p className="quiet">{state.putBack}</p>
        </div>
      )}
      <LogFold log={log} open={log.lines.length > 0} />
      <Fold title="Phases" hint={failed === undefined ? undefined : `failed at: ${failed.title}`}>
        <Timeline phases={state.phases} now={0} />
      </Fold>
    </RefusalPage>
  )
}

function LogFold({ log, open = false }: { log: KeptLog; open?: boolean }) {
  return (
    <Fold title="Log" hint={log.lines.length === 0 ? 'nothing yet' : counted(log.lines.length + log.dropped, 'line')} open={open}>
      <LogView log={log} />
    </Fold>
  )
}
