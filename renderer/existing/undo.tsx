import { Button, PasswordInput, Skeleton } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { UndoPreview } from '../../shared/contract/node.ts'
import '../layout/inputs.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'

/** What undoing would do, asked for before it is done. */
export function Undo() {
  const { keep } = useWizard()
  const target = useTarget()
  const preview = useAsk(JSON.stringify(target), (engine, signal) => engine.undo.preview(target, { signal }))
  const [password, setPassword] = useState('')
  const [keystore, setKeystore] = useState('')
  const undo = useDo(async (engine) => {
    const { workId } = await engine.undo.apply({ target, ...(password === '' ? {} : { password }), ...(keystore === '' ? {} : { keystorePassword: keystore }) })
    keep({ workId })
  })
  if (preview.state === 'asking') return <Skeleton height={64} radius="md" />
  if (preview.state === 'refused') return <Trouble problem={preview.problem} />
  const { answer } = preview
  if (answer.refusal !== null) return <Trouble problem={answer.refusal} />
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    undo.start()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <ul className="stack tight">
        {answer.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {answer.needsKeystorePassword ? (
        <PasswordInput
          label="Password of elasticsearch.keystore"
          description="The node is started to be asked about its indices, and reads its keystore. Kept nowhere."
          value={keystore}
          onChange={(event) => setKeystore(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
      ) : null}
      {answer.needsPassword ? (
        <PasswordInput
          label="Password of the elastic user"
          description="To see that all indices are Elasticsearch's own before its data goes. Kept nowhere."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
      ) : null}
      <div>
        <Button type="submit" variant="default" loading={undo.busy} disabled={(answer.needsPassword && password === '') || (answer.needsKeystorePassword && keystore === '')}>
          {undoWords(answer)}
        </Button>
      </div>
      {undo.problem === null ? null : <Trouble problem={undo.problem} />}
    </form>
  )
}

function undoWords({ stopsNode, deletesData }: UndoPreview): string {
  if (stopsNode && deletesData) return 'Stop the node, delete its data and undo'
  if (stopsNode) return 'Stop the node and undo'
  return deletesData ? 'Delete its data and undo' : 'Undo the set-up'
}
