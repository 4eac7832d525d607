import './review-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PlanPreview } from '../../shared/contract/setup.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { type Open, hintOf } from './answers.ts'
import { AnswersForm } from './answers-form.tsx'
import { applyWords } from './changes.ts'
import { ChangeList } from './change-list.tsx'
import { isKeystoreLock } from './keystore-lock.ts'
import { KeystorePage } from './keystore-page.tsx'
import { Sentence } from './sentence.tsx'

/** What will be, before it is: a sentence for each fact, every file, and the settings as a diff. */
export function ReviewPage() {
  const { begin, go, keep, place, secrets, type } = useWizard()
  const target = useTarget()
  const [answers, setAnswers] = useState<Open>(place.answers ?? {})
  const [round, setRound] = useState(0)
  const asked = useAsk(`${JSON.stringify([target, answers])}${round}`, (engine, signal) => engine.setup.plan({ target, answers: { ...answers, ...secrets } }, { signal }))
  // The last plan stays in sight while the next one is made.
  const [seen, setSeen] = useState<PlanPreview | null>(null)
  const answer = asked.state === 'answered' ? asked.answer : null
  if (answer !== null && answer !== seen) setSeen(answer)
  const apply = useDo(async (engine, plan: PlanPreview) => {
    const state = await engine.setup.apply({ planId: plan.planId })
    go('start', { setupId: state.setupId, planId: null, answers, line: `${applyWords(plan.changes).replace(/^Write | and start$/g, '')}, port ${plan.facts.httpPort}` })
  })
  const change = (open: Open, elasticPassword: string | undefined): void => {
    const { elasticPassword: _, ...others } = secrets
    type(elasticPassword === undefined ? others : { ...others, elasticPassword })
    setAnswers(open)
    keep({ answers: open })
    setRound((before) => before + 1)
  }
  const another = (
    <Button variant="subtle" onClick={() => begin()}>
      Choose another
    </Button>
  )
  const ways = (
    <>
      <Button variant="default" onClick={() => go('join', { planId: null })}>
        Add it to a cluster instead
      </Button>
      {another}
    </>
  )

  if (asked.state === 'refused' && isKeystoreLock(asked.problem)) {
    return (
      <KeystorePage
        problem={asked.problem}
        tried={secrets.keystorePassword !== undefined}
        onPassword={(password) => {
          type({ ...secrets, keystorePassword: password })
          asked.again()
        }}
      />
    )
  }
  if (seen === null && asked.state === 'refused' && Object.keys(answers).length === 0) {
    return <RefusalPage problem={asked.problem} primary={{ words: 'Look again', onPress: asked.again }} second={another} />
  }
  if (seen === null && asked.state === 'asking') return <WaitingPage title="Making the plan" />

  const fresh = answer !== null
  return (
    <Page
      title="This is what will be"
      primary={{
        words: seen === null ? 'Write and start' : applyWords(seen.changes),
        onPress: () => answer !== null && apply.start(answer),
        busy: apply.busy,
        disabled: !fresh,
      }}
      second={ways}
    >
      {seen === null || asked.state === 'refused' ? null : (
        <ul className="sentences" aria-live="polite" aria-busy={!fresh}>
          {seen.sentences.map((sentence) => (
            <Sentence key={sentence} text={sentence} />
          ))}
        </ul>
      )}
      {asked.state === 'refused' ? <Trouble problem={asked.problem} /> : null}
      {apply.problem === null ? null : (
        <Trouble problem={apply.problem}>
          <button type="button" className="plain link" onClick={asked.again}>
            Make the plan again
          </button>
        </Trouble>
      )}
      <Fold title="Choose yourself" hint={seen === null ? 'your choices' : hintOf(seen.facts)} open={asked.state === 'refused'}>
        <AnswersForm answers={answers} elasticPassword={secrets.elasticPassword} facts={seen?.facts ?? null} onChange={change} />
      </Fold>
      {seen === null || asked.state === 'refused' ? null : (
        <section className="stack" aria-label="Changes on disk">
          <h2>
            {counted(seen.changes.length, 'change')} on disk <span className="quiet">· all of them, or none</span>
          </h2>
          <ChangeList changes={seen.changes} />
        </section>
      )}
    </Page>
  )
}
