import '../review/review-page.css'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { JoinPreview, TokenView } from '../../shared/contract/join.ts'
import '../layout/inputs.ts'
import { useDo } from '../connection/use-ask.ts'
import { counted } from '../design/sentences.ts'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { applyWords } from '../review/changes.ts'
import { ChangeList } from '../review/change-list.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'
import { JoinChoices, type Chosen } from './join-choices.tsx'
import { TokenSaid } from './token-said.tsx'

/** Adds this home to a cluster: a token is pasted and explained, the cluster found and asked, and what will be shown before it is. The token stays in this page's memory. */
export function JoinPage() {
  const { go, secrets, type } = useWizard()
  const target = useTarget()
  const [token, setToken] = useState('')
  const [said, setSaid] = useState<TokenView | null>(null)
  const [chosen, setChosen] = useState<Chosen>({})
  const [preview, setPreview] = useState<JoinPreview | null>(null)
  const explain = useDo(async (engine, text: string) => setSaid(await engine.join.explain({ token: text })))
  const find = useDo(async (engine) => {
    const answers = { ...chosen, ...(secrets.keystorePassword === undefined ? {} : { keystorePassword: secrets.keystorePassword }) }
    setPreview(await engine.join.plan({ target, token, answers }))
  })
  const apply = useDo(async (engine, plan: JoinPreview) => {
    const state = await engine.setup.apply({ planId: plan.planId })
    go('start', { setupId: state.setupId, planId: null, line: `Cluster ${plan.cluster.name}` })
  })
  const change = (text: string): void => {
    setToken(text)
    setSaid(null)
    setPreview(null)
    if (text.trim() !== '') explain.start(text)
  }
  const choose = (next: Chosen): void => {
    setChosen(next)
    setPreview(null)
  }
  const locked = find.problem !== null && isKeystoreLock(find.problem)
  const instead = (
    <Button variant="subtle" onClick={() => go('review')}>
      Make it a first node instead
    </Button>
  )

  if (preview !== null) {
    return (
      <Page title="This is what will be" primary={{ words: applyWords(preview.changes), onPress: () => apply.start(preview), busy: apply.busy }} second={<Button variant="subtle" onClick={() => setPreview(null)}>Change something</Button>}>
        <ul className="sentences">
          {preview.sentences.map((sentence) => (
            <Sentence key={sentence} text={sentence} />
          ))}
        </ul>
        {preview.tried.flatMap(({ address, why }) => (why === null ? [] : [{ address, why }])).map(({ address, why }) => (
          <p key={address} className="small quiet">
            <span className="mono">{address}</span> of the token was not used: {why}.
          </p>
        ))}
        {apply.problem === null ? null : <Trouble problem={apply.problem} />}
        <section className="stack" aria-label="Changes on disk">
          <h2>
            {counted(preview.changes.length, 'change')} on disk <span className="quiet">· all of them, or none</span>
          </h2>
          <ChangeList changes={preview.changes} />
        </section>
      </Page>
    )
  }
  return (
    <Page
      title="Add this machine to a cluster"
      lead="With an enrollment token for a node, made on a node of that cluster. Nothing is written before the cluster was found, asked, and you have seen what will change."
      primary={{ words: 'Find the cluster', onPress: () => find.start(), busy: find.busy, disabled: said === null }}
      second={instead}
    >
      <PasswordInput
        label="Enrollment token"
        description="Paste it as it is: line breaks, quotes and blanks do no harm. It stays in this page's memory."
        placeholder="eyJ2ZXIiOi…"
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
        value={token}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {said === null ? null : <TokenSaid token={said} />}
      {explain.problem === null || said !== null || token.trim() === '' ? null : <Trouble problem={explain.problem} />}
      {find.problem === null || locked ? null : <Trouble problem={find.problem} />}
      {locked ? (
        <PasswordInput
          label="Password of elasticsearch.keystore"
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          value={secrets.keystorePassword ?? ''}
          onChange={(event) => type({ ...secrets, keystorePassword: event.currentTarget.value })}
        />
      ) : null}
      <JoinChoices chosen={chosen} onChange={choose} />
      <p className="small quiet">
        A token comes from the page "And now?" of the other machine ("Add a node"), or from <span className="mono">firstnode token --scope node --home DIR</span> in its terminal.
      </p>
    </Page>
  )
}
