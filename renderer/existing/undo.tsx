import { PasswordInput, Skeleton } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { UndoPreview } from '../../shared/contract/node.ts'
import '../layout/inputs.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget, useWizard } from '../place/wizard.ts'

/** What undoing would do; it is done once somebody has answered what will be deleted. */
export function Undo() {
  const { go, secrets, type } = useWizard()
  const target = useTarget()
  const preview = useAsk(JSON.stringify(target), (engine, signal) => engine.undo.preview(target, { signal }))
  const [password, setPassword] = useState('')
  const [keystore, setKeystore] = useState('')
  const undo = useDo(async (engine) => {
    const { workId } = await engine.undo.apply({ target, ...(password === '' ? {} : { password }), ...(keystore === '' ? {} : { keystorePassword: keystore }) })
    // Where the other nodes turn out to be gone, it is begun once more.
    if (keystore !== '') type({ ...secrets, keystorePassword: keystore })
    go('existing', { workId })
  })
  const needed = preview.state === 'answered' ? preview.answer : null
  const [around, errors] = useFieldErrors({
    typed: { password, keystore },
    missing: {
      ...(needed?.needsPassword === true && password === '' ? { password: 'Enter the password of the elastic user.' } : {}),
      ...(needed?.needsKeystorePassword === true && keystore === '' ? { keystore: 'Enter the password of elasticsearch.keystore.' } : {}),
    },
    problem: undo.problem,
    at: { wrong_password: 'password', keystore_wrong_password: 'keystore', keystore_locked: 'keystore' },
  })
  if (preview.state === 'asking') return <Skeleton height={64} radius="md" />
  if (preview.state === 'refused') return <Trouble problem={preview.problem} />
  const { answer } = preview
  if (answer.refusal !== null) return <Trouble problem={answer.refusal} />
  // Enter in a field asks nothing by itself: the button does.
  const submit = (event: FormEvent): void => event.preventDefault()
  return (
    <form ref={around} className="stack" onSubmit={submit} noValidate>
      <ul className="stack tight">
        {answer.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {answer.needsKeystorePassword ? (
        <PasswordInput
          label="Password of elasticsearch.keystore"
          description="Firstnode starts the node to check its indices, and the node needs its keystore. Not stored."
          value={keystore}
          onChange={(event) => setKeystore(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...errors.of('keystore')}
        />
      ) : null}
      {answer.needsPassword ? (
        <PasswordInput
          label="Password of the elastic user"
          description="To check that the cluster contains only Elasticsearch's own indices before its data is deleted. Not stored."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...errors.of('password')}
        />
      ) : null}
      <div>
        <AskingFirst
          words={undoWords(answer)}
          title={answer.deletesData ? 'Delete the data and undo the setup?' : 'Undo the setup?'}
          sentences={answer.sentences}
          busy={undo.busy}
          may={errors.press}
          onConfirm={() => undo.start()}
        />
      </div>
      {errors.elsewhere === null ? null : <Trouble problem={errors.elsewhere} />}
    </form>
  )
}

/** Short enough for a narrow window: that the node is stopped as well is said in the question. */
function undoWords({ deletesData }: UndoPreview): string {
  return deletesData ? 'Delete its data and undo' : 'Undo the setup'
}
