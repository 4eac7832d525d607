import '../review/review-page.css'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { JoinPreview } from '../../shared/contract/join.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import '../layout/inputs.ts'
import { problemOf } from '../connection/problem-of.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { Page } from '../layout/page.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget, useWizard } from '../place/wizard.ts'
import { faultsOf } from '../review/answers.ts'
import { applyWords } from '../review/changes.ts'
import { ChangeList } from '../review/change-list.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'
import { joinAnswers, JoinChoices, type Typed } from './join-choices.tsx'
import { TokenSaid } from './token-said.tsx'

/**
 * Adds this home to a cluster: a token is pasted and explained, the cluster is found and asked, and the changes are shown before they are made. The token stays in this
 * page's memory.
 */
export function JoinPage() {
  const { go, secrets, type } = useWizard()
  const target = useTarget()
  const [typed, setTyped] = useState<Typed>({ token: '', nodeName: '', heap: '', httpPort: '', transportPort: '', keystorePassword: secrets.keystorePassword ?? '' })
  // A preview is of what was typed when it was asked for: of anything else it is not shown.
  const [previewed, setPreviewed] = useState<{ of: Typed; preview: JoinPreview } | null>(null)
  // How applying the plan was refused, where that is about a field of this form.
  const [notApplied, setNotApplied] = useState<ProblemView | null>(null)
  const { token } = typed
  const said = useAsk(token, async (engine, signal) => (token.trim() === '' ? null : engine.join.explain({ token }, { signal })))
  const find = useDo(async (engine) => {
    setNotApplied(null)
    setPreviewed({ of: typed, preview: await engine.join.plan({ target, token, answers: joinAnswers(typed) }) })
  })
  const unread = said.state === 'refused' ? said.problem : null
  const [around, errors] = useFieldErrors({
    typed,
    faults: { ...faultsOf(typed), ...(unread === null ? {} : { token: `${unread.message} ${unread.remedy}` }) },
    missing: token.trim() === '' ? { token: 'Paste an enrollment token.' } : {},
    problem: find.problem ?? notApplied,
  })
  const change = (next: Partial<Typed>): void => {
    setTyped({ ...typed, ...next })
    if (next.keystorePassword !== undefined) type({ ...secrets, keystorePassword: next.keystorePassword })
  }
  const locked = find.problem !== null && isKeystoreLock(find.problem)

  if (previewed !== null && previewed.of === typed) {
    const back = (problem: ProblemView | null): void => {
      setNotApplied(problem)
      setPreviewed(null)
    }
    return <JoinReview preview={previewed.preview} onLeave={() => back(null)} onRefused={back} />
  }
  return (
    <Page
      title="Add this machine to a cluster"
      lead="Use an enrollment token for a node, made on a node of that cluster. Firstnode finds the cluster and shows every change before writing anything."
      primary={{ words: 'Find the cluster', onPress: () => errors.press(() => find.start()), busy: find.busy, waiting: said.state === 'asking' }}
      second={
        <Button variant="subtle" onClick={() => go('review')}>
          Create a new cluster instead
        </Button>
      }
    >
      <div ref={around} className="stack">
        <PasswordInput
          label="Enrollment token"
          description="Paste it as it is. Line breaks, quotes and spaces do no harm. It stays in this page's memory."
          placeholder="eyJ2ZXIiOi…"
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          value={token}
          onChange={(event) => change({ token: event.currentTarget.value })}
          {...errors.of('token')}
        />
        {said.state === 'answered' && said.answer !== null ? <TokenSaid token={said.answer} /> : null}
        {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
        {locked ? <KeystoreField value={typed.keystorePassword} onChange={(keystorePassword) => change({ keystorePassword })} refusal={find.problem} /> : null}
        <JoinChoices typed={typed} errors={errors} onChange={change} />
        <p className="small quiet">
          To get a token, choose "Add a node" under "Next steps" on the other machine, or run <span className="mono">firstnode token --scope node --home DIR</span> there.
        </p>
      </div>
    </Page>
  )
}

/** The node that joins, before anything is written. */
function JoinReview({ preview, onLeave, onRefused }: {
  preview: JoinPreview
  onLeave: () => void
  /** applying it was refused for what a field of the form says */
  onRefused: (problem: ProblemView) => void
}) {
  const { go } = useWizard()
  const apply = useDo(async (engine) => {
    const state = await engine.setup.apply({ planId: preview.planId }).catch((thrown: unknown) => {
      const problem = problemOf(thrown)
      if (problem?.field === undefined) throw thrown
      onRefused(problem)
      return null
    })
    if (state === null) return
    go('start', { setupId: state.setupId, planId: null, line: `Cluster ${preview.cluster.name}` })
  })
  const stale = apply.problem !== null && ['no_such_plan', 'changed_meanwhile'].includes(apply.problem.code)
  const leave = (
    <Button variant="subtle" onClick={onLeave} disabled={apply.busy}>
      Change something
    </Button>
  )
  return (
    <Page
      title="Review the changes"
      primary={stale ? { words: 'Back to the token', onPress: onLeave } : { words: applyWords(preview.changes), onPress: () => apply.start(), busy: apply.busy }}
      second={stale ? undefined : leave}
    >
      <ul className="sentences">
        {preview.sentences.map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
      </ul>
      {preview.tried.flatMap(({ address, why }) => (why === null ? [] : [{ address, why }])).map(({ address, why }) => (
        <p key={address} className="small quiet">
          <span className="mono">{address}</span> from the token was not used: {why}.
        </p>
      ))}
      {apply.problem === null ? null : <Trouble problem={apply.problem} />}
      <section className="stack" aria-label="Changes on disk">
        <h2>
          {counted(preview.changes.length, 'change')} on disk <span className="quiet">· applied together or not at all</span>
        </h2>
        <ChangeList changes={preview.changes} />
      </section>
    </Page>
  )
}
