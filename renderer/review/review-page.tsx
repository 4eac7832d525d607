import './review-page.css'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { PlanPreview } from '../../shared/contract/setup.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { answersOf, asksTheSame, type Draft, draftOf, faultsOf, hintOf, missingFrom } from './answers.ts'
import { AnswersForm } from './answers-form.tsx'
import { applyWords } from './changes.ts'
import { ChangeList } from './change-list.tsx'
import { isKeystoreLock } from './keystore-lock.ts'
import { KeystorePage } from './keystore-page.tsx'
import { Sentence } from './sentence.tsx'

/** How long nothing is typed before the plan is made again, in ms. */
const pauseInTyping = 500

/** The plan before it is applied: a sentence for each fact, every file, and the settings as a diff. Only the plan on the screen can be applied. */
export function ReviewPage() {
  const { begin, go, keep, place, secrets, type } = useWizard()
  const target = useTarget()
  const [draft, setDraft] = useState(() => draftOf(place.answers ?? {}, secrets.elasticPassword))
  // What the newest plan was asked for with: the draft, once nothing was typed for a moment.
  const [planned, setPlanned] = useState({ draft, round: 0 })
  const plan = (): void => setPlanned(({ round }) => ({ draft, round: round + 1 }))
  const asked = useAsk(`${JSON.stringify(target)} ${planned.round}`, (engine, signal) => {
    const { open, elasticPassword } = answersOf(planned.draft)
    const { keystorePassword } = secrets
    const passwords = { ...(elasticPassword === undefined ? {} : { elasticPassword }), ...(keystorePassword === undefined ? {} : { keystorePassword }) }
    return engine.setup.plan({ target, answers: { ...open, ...passwords } }, { signal })
  })
  // The last plan stays on the screen while the next one is made.
  const [seen, setSeen] = useState<PlanPreview | null>(null)
  const answer = asked.state === 'answered' ? asked.answer : null
  if (answer !== null && answer !== seen) setSeen(answer)
  const [applied, setApplied] = useState<PlanPreview | null>(null)
  const apply = useDo(async (engine, shown: PlanPreview) => {
    setApplied(shown)
    const state = await engine.setup.apply({ planId: shown.planId })
    const line = `${applyWords(shown.changes).replace(/^Write | and start$/g, '')}, port ${shown.facts.httpPort}`
    go('start', { setupId: state.setupId, planId: null, answers: answersOf(planned.draft).open, line })
  })

  const faults = faultsOf(draft)
  const missing = missingFrom(draft)
  const valid = Object.keys({ ...faults, ...missing }).length === 0
  const pending = valid && !asksTheSame(draft, planned.draft)
  const notPlanned = asked.state === 'refused' ? asked.problem : null
  // A plan that was made since is another one: what was said of the last is over.
  const notApplied = apply.problem !== null && applied === answer ? apply.problem : null
  const [around, errors] = useFieldErrors({ typed: draft, faults, missing, problem: notPlanned ?? (isTyped(notApplied?.field, draft) ? notApplied : null), tried: planned.draft })
  useEffect(() => {
    if (!pending) return undefined
    const timer = setTimeout(() => setPlanned(({ round }) => ({ draft, round: round + 1 })), pauseInTyping)
    return () => clearTimeout(timer)
  }, [pending, draft])

  const change = (next: Draft): void => {
    setDraft(next)
    if (Object.keys(faultsOf(next)).length > 0) return
    const { open, elasticPassword } = answersOf(next)
    const { elasticPassword: _, ...others } = secrets
    type(elasticPassword === undefined ? others : { ...others, elasticPassword })
    keep({ answers: open })
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

  if (notPlanned !== null && isKeystoreLock(notPlanned)) {
    return (
      <KeystorePage
        problem={notPlanned}
        tried={secrets.keystorePassword !== undefined}
        onPassword={(password) => {
          type({ ...secrets, keystorePassword: password })
          asked.again()
        }}
      />
    )
  }
  if (seen === null && notPlanned !== null && errors.elsewhere !== null && Object.keys(answersOf(draft).open).length === 0) {
    return <RefusalPage problem={notPlanned} primary={{ words: 'Try again', onPress: asked.again }} second={another} />
  }
  if (seen === null && asked.state === 'asking') return <WaitingPage title="Preparing the changes" />

  const stale = errors.elsewhere ?? (notApplied !== null && !isTyped(notApplied.field, draft) ? notApplied : null)
  const press = (): void => {
    if (pending) plan()
    else if (stale !== null || answer === null) asked.again()
    else apply.start(answer)
  }
  const shown = notPlanned === null ? seen : null
  return (
    <Page
      title="Review the changes"
      primary={{
        words: stale !== null ? 'Update the plan' : seen === null ? 'Write and start' : applyWords(seen.changes),
        onPress: () => errors.press(press),
        busy: apply.busy,
        waiting: pending || asked.state === 'asking',
      }}
      second={ways}
    >
      {shown === null ? null : (
        <ul className="sentences" aria-live="polite" aria-busy={pending || !valid || answer === null}>
          {shown.sentences.map((sentence) => (
            <Sentence key={sentence} text={sentence} />
          ))}
        </ul>
      )}
      {stale === null ? null : <Trouble problem={stale} />}
      <div ref={around}>
        <Fold title="Advanced options" hint={seen === null ? 'names, ports, heap size, password' : hintOf(seen.facts)} open={errors.shows}>
          <AnswersForm draft={draft} errors={errors} facts={seen?.facts ?? null} onChange={change} />
        </Fold>
      </div>
      {shown === null ? null : (
        <section className="stack" aria-label="Changes on disk" aria-busy={pending || !valid || answer === null}>
          <h2>
            {counted(shown.changes.length, 'change')} on disk <span className="quiet">· applied together or not at all</span>
          </h2>
          <ChangeList changes={shown.changes} />
        </section>
      )}
    </Page>
  )
}

/** Whether a field was filled in: only then a refusal of the plan is about what is typed there. */
function isTyped(field: string | undefined, draft: Draft): boolean {
  return Object.entries(draft).some(([name, value]) => name === field && value.trim() !== '')
}
