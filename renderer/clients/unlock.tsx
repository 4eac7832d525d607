import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { KeystoreField } from '../existing/keystore-field.tsx'

/** Where the CA of a node can be read only with the password of its keystore: asks for it. `refusal`: what asking without it, or with another, ended with. */
export function Unlock({ refusal, busy, onPassword }: { refusal: ProblemView; busy: boolean; onPassword: (password: string) => void }) {
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed !== '') onPassword(typed)
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <KeystoreField value={typed} onChange={setTyped} refusal={refusal} />
      <div>
        <Button type="submit" variant="default" loading={busy} disabled={typed === ''}>
          Open the keystore
        </Button>
      </div>
    </form>
  )
}
