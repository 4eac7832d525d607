import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import type { WorkState } from '../../shared/contract/work.ts'
import { useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
import { shortPath } from '../design/figures.ts'
import { ProgressBar } from '../design/progress-bar.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useWizard } from '../place/wizard.ts'
import { beginMaking } from './making.ts'

/** A home in the making: what is done now, how much of it, and a way out that leaves nothing behind. It goes on to Check by itself. */
export function MakingPage({ workId }: { workId: string }) {
  const { begin, info, keep, place } = useWizard()
  const { state, problem } = useWork(workId)
  const leave = (): void => keep({ workId: null })
  const made = state?.home ?? null
  const given = state?.stage === 'cancelled'
  const goOn = useEffectEvent(() => {
    if (made === null || state === null) return leave()
    const where = `in ${shortPath(made, info.homeFolder, info.separator)}`
    begin({ home: made, ...place.ways }, state.what.what === 'practice' ? `Practice copy of Elasticsearch ${state.what.version}` : `Elasticsearch ${where}`)
  })
  useEffect(() => {
    if (made !== null || given) goOn()
  }, [made, given])
  const again = useDo(async (engine) => {
    if (state?.what.what === 'practice' || state?.what.what === 'unpack') keep({ workId: (await beginMaking(engine, state.what)).workId })
  })

  const failure = again.problem ?? problem ?? (given ? null : (state?.problem ?? null))
  if (failure !== null) {
    const back = (
      <Button variant="default" onClick={leave}>
        Back to the list
      </Button>
    )
    if (state === null) return <RefusalPage problem={failure} primary={{ words: 'Back to the list', onPress: leave }} />
    return <RefusalPage problem={failure} primary={{ words: 'Try again', onPress: () => again.start(), busy: again.busy }} second={back} />
  }
  if (state === null) return <WaitingPage title="Making a home of Elasticsearch" />
  return <Underway state={state} />
}

function Underway({ state }: { state: WorkState }) {
  const { info } = useWizard()
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId: state.workId })
  })
  const cancelling = state.stage === 'cancelling' || cancel.busy
  const practice = state.what.what === 'practice' ? state.what : null
  const words = practice === null ? 'Unpacking Elasticsearch' : `Fetching the practice copy of Elasticsearch ${practice.version}`
  const lead =
    practice === null
      ? 'Cancelling leaves nothing behind.'
      : `A copy to try and develop with, not for production. It will belong to ${info.practice.owner}. What was fetched is kept for the next time.`
  return (
    <Page
      state={<StateMark state="live" />}
      title={cancelling ? 'Taking away what was half-made' : words}
      lead={lead}
      second={
        cancelling ? null : (
          <Button variant="default" onClick={() => cancel.start()}>
            Cancel
          </Button>
        )
      }
    >
      {cancel.problem === null ? null : <Trouble problem={cancel.problem} />}
      <ProgressBar progress={state.progress} name={practice === null ? 'Unpacking' : 'Practice copy'} ms={now - state.startedAt} />
    </Page>
  )
}
