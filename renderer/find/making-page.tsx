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
  // What was not downloaded may not have been checked: that is read before it goes on.
  const isRead = state?.what.what === 'download' && state.what.file !== undefined
  const go = (): void => {
    if (made === null || state === null) return leave()
    const where = `in ${shortPath(made, info.homeFolder, info.separator)}`
    begin({ home: made, ...place.ways }, state.what.what === 'practice' ? `Practice copy of Elasticsearch ${state.what.version}` : `Elasticsearch ${where}`)
  }
  const goOn = useEffectEvent(go)
  useEffect(() => {
    if ((made !== null && !isRead) || given) goOn()
  }, [made, given, isRead])
  const again = useDo(async (engine) => {
    if (state?.what.what === 'practice' || state?.what.what === 'unpack' || state?.what.what === 'download') keep({ workId: (await beginMaking(engine, state.what)).workId })
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
  if (made !== null && isRead) {
    return (
      <Page title="Elasticsearch is unpacked" lead={`It lies in ${made}.`} primary={{ words: 'Go on with it', onPress: () => go() }}>
        <ul className="stack tight">
          {state.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Page>
    )
  }
  return <Underway state={state} />
}

function Underway({ state }: { state: WorkState }) {
  const { info } = useWizard()
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId: state.workId })
  })
  const cancelling = state.stage === 'cancelling' || cancel.busy
  const { title, lead, name } = wordsOf(state.what, info.practice.owner)
  return (
    <Page
      state={<StateMark state="live" />}
      title={cancelling ? 'Taking away what was half-made' : title}
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
      <ProgressBar progress={state.progress} name={name} ms={now - state.startedAt} />
    </Page>
  )
}

function wordsOf(what: WorkState['what'], owner: string): { title: string; lead: string; name: string } {
  if (what.what === 'practice') {
    return {
      title: `Fetching the practice copy of Elasticsearch ${what.version}`,
      lead: `A copy to try and develop with, not for production. It will belong to ${owner}. What was fetched is kept for the next time.`,
      name: 'Practice copy',
    }
  }
  if (what.what === 'download' && what.file === undefined) {
    return {
      title: `Downloading Elasticsearch${what.version === undefined ? '' : ` ${what.version}`}`,
      lead: 'It is checked before it is unpacked. A line that breaks is taken up again where it was; cancelling leaves nothing behind.',
      name: 'Download',
    }
  }
  return { title: 'Unpacking Elasticsearch', lead: 'Cancelling leaves nothing behind.', name: 'Unpacking' }
}
