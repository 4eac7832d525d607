import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { KeystoreField } from './keystore-field.tsx'

/** The keystore of a configured node has a password: it is given to the node when it starts. */
export function LockedStart({ onPassword, busy, problem, words = 'Start with this password' }: { onPassword: (password: string) => void; busy: boolean; problem: ProblemView | null; words?: string }) {
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed !== '') onPassword(typed)
  }
  return (
    <form className="card locked stack" onSubmit={submit}>
      <KeystoreField value={typed} onChange={setTyped} refusal={problem} description="Passed to the node when it starts, and not stored." />
      <div>
        <Button type="submit" loading={busy} disabled={typed === ''}>
          {words}
        </Button>
      </div>
    </form>
  )
}
