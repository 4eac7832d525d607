import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import '../layout/inputs.ts'

/** The keystore of a configured node has a password: it is given to the node when it starts. */
export function LockedStart({ onPassword, busy, problem, words = 'Start with this password' }: { onPassword: (password: string) => void; busy: boolean; problem: ProblemView | null; words?: string }) {
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed !== '') onPassword(typed)
  }
  return (
    <form className="card locked stack" onSubmit={submit}>
      <PasswordInput
        label="Password of elasticsearch.keystore"
        description="Given to the node when it starts, kept nowhere."
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={problem?.message}
        autoComplete="off"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <div>
        <Button type="submit" loading={busy} disabled={typed === ''}>
          {words}
        </Button>
      </div>
    </form>
  )
}
