import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import '../layout/inputs.ts'
import { useDo } from '../connection/use-ask.ts'
import { TokenCard } from '../credentials/kibana-token.tsx'
import { AllTheSame } from '../design/all-the-same.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { KeystoreField } from './keystore-field.tsx'

type Scope = EnrollmentTokenView['scope']

/** A token from a node whose password is not known here: the file realm lets us in, or the person types it, and it is used once. */
export function NewToken() {
  const target = useTarget()
  const [scope, setScope] = useState<Scope>('kibana')
  const [password, setPassword] = useState('')
  const [token, setToken] = useState<EnrollmentTokenView | null>(null)
  const [keystore, setKeystore] = useState('')
  const [url, setUrl] = useState('')
  const make = useDo(async (engine, force?: true) => {
    const secrets = { ...(password === '' ? {} : { password }), ...(keystore === '' ? {} : { keystorePassword: keystore }) }
    setToken(await engine.cluster.token({ target, scope, ...secrets, ...(url.trim() === '' ? {} : { url: url.trim() }), ...(force === undefined ? {} : { force }) }))
    setPassword('')
    setKeystore('')
  })
  const locked = make.problem !== null && isKeystoreLock(make.problem)
  const [around, errors] = useFieldErrors({ typed: { password, url }, problem: make.problem, at: { wrong_password: 'password' } })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => make.start())
  }
  return (
    <form ref={around} className="stack" onSubmit={submit} noValidate>
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
      <p>
        {password === ''
          ? 'You do not need a password: Firstnode adds a temporary superuser to the file realm for a few seconds, then removes it.'
          : 'Firstnode makes it as the elastic user, and writes nothing here.'}
      </p>
      <Fold title="Advanced options" hint="use the elastic user, or another address" open={errors.shows}>
        <div className="stack">
          <PasswordInput
            label="Password of the elastic user"
            description="If you have it: Firstnode then writes nothing here. Used for this call only, and not stored."
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            {...errors.of('password')}
          />
          <TextInput
            label="Address of the node"
            description="If it differs from the settings. The node can be on another machine."
            placeholder="https://10.0.0.5:9200"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            {...errors.of('url')}
          />
        </div>
      </Fold>
      {locked ? <KeystoreField value={keystore} onChange={setKeystore} refusal={make.problem} /> : null}
      <div>
        <Button type="submit" variant="default" loading={make.busy}>
          {scope === 'kibana' ? 'Make a token for Kibana' : 'Make a token for a node'}
        </Button>
      </div>
      {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
      <AllTheSame problem={make.problem} busy={make.busy} onPress={() => make.start(true)} />
      {token === null ? null : (
        <TokenCard token={token}>
          {token.warning === undefined ? null : <p className="small">{token.warning}</p>}
        </TokenCard>
      )}
    </form>
  )
}
