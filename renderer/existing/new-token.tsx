import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import '../layout/inputs.ts'
import { useDo } from '../connection/use-ask.ts'
import { TokenRing, TokenText } from '../credentials/kibana-token.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useTarget } from '../place/wizard.ts'

type Scope = EnrollmentTokenView['scope']

/** A token from a node whose password is not known here: the person types it, and it is used once. */
export function NewToken() {
  const target = useTarget()
  const [scope, setScope] = useState<Scope>('kibana')
  const [password, setPassword] = useState('')
  const [token, setToken] = useState<EnrollmentTokenView | null>(null)
  const make = useDo(async (engine) => {
    setToken(await engine.cluster.token({ target, scope, password }))
    setPassword('')
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (password !== '') make.start()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <div className="shells scope" role="group" aria-label="What the token is for">
        {(['kibana', 'node'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="plain"
            aria-pressed={scope === one}
            onClick={() => {
              setScope(one)
              setToken(null)
            }}
          >
            {one === 'kibana' ? 'For Kibana' : 'For a node'}
          </button>
        ))}
      </div>
      <PasswordInput
        label="Password of the elastic user"
        description="Used for this one call, kept nowhere."
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <div>
        <Button type="submit" variant="default" loading={make.busy} disabled={password === ''}>
          {scope === 'kibana' ? 'Make a token for Kibana' : 'Make a token for a node'}
        </Button>
      </div>
      {make.problem === null ? null : <Trouble problem={make.problem} />}
      {token === null ? null : (
        <div className="card token">
          <TokenRing token={token} />
          <div className="grow stack tight">
            <TokenText token={token} what={token.scope === 'kibana' ? 'Kibana token' : 'node token'} />
          </div>
        </div>
      )}
    </form>
  )
}
