import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { builtInUsers } from '../../shared/built-in-users.ts'
import type { NewPassword as Set } from '../../shared/contract/password.ts'
import '../layout/inputs.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { KeystoreField } from './keystore-field.tsx'
import { PasswordSet } from './password-set.tsx'

const nothing = { username: '', password: '', elasticPassword: '', keystorePassword: '' }

/** A new password for a user of this node, whoever knows the old one or not. What is typed and what is `set` stay in memory. */
export function NewPassword({ running, set, onSet }: { running: boolean; set: Set | null; onSet: (set: Set | null) => void }) {
  const target = useTarget()
  const list = useId()
  const [typed, setTyped] = useState(nothing)
  const username = typed.username.trim() === '' ? 'elastic' : typed.username.trim()
  const make = useDo(async (engine) => {
    const given = Object.fromEntries(Object.entries({ ...typed, username }).filter(([, value]) => value !== ''))
    onSet(await engine.cluster.newPassword({ target, ...given }))
    setTyped(nothing)
  })
  const locked = make.problem !== null && isKeystoreLock(make.problem)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (running) make.start()
  }
  const field = (name: keyof typeof nothing) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
    spellCheck: false,
  })
  const eye = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } }

  if (set !== null) return <PasswordSet set={set} onAnother={() => onSet(null)} />
  return (
    <form className="stack" onSubmit={submit}>
      <p>
        The <span className="mono">{username}</span> user gets a new password, and the old one ends. Nobody needs to know that:{' '}
        {typed.elasticPassword === '' ? 'a temporary superuser stands in the file realm of this home for some seconds, and is removed again.' : 'the elastic user asks for it, and nothing is written here.'}
      </p>
      <Fold title="Choose yourself" hint="the elastic user, a strong password made now">
        <div className="stack">
          <TextInput label="User" description="A built-in user, or a native one of this cluster." placeholder="elastic" list={list} autoComplete="off" {...field('username')} />
          <datalist id={list}>
            {builtInUsers.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <PasswordInput
            label="New password"
            description="Empty: a strong one is made. At least 6 characters."
            autoComplete="new-password"
            {...eye}
            {...field('password')}
            error={make.problem?.code === 'password_too_short'}
          />
          <PasswordInput
            label="Present password of the elastic user"
            description="Where you have it: then nothing is written here. Used for this one call, kept nowhere."
            autoComplete="off"
            {...eye}
            {...field('elasticPassword')}
            error={make.problem?.code === 'wrong_password'}
          />
        </div>
      </Fold>
      {locked ? (
        <KeystoreField
          value={typed.keystorePassword}
          onChange={(keystorePassword) => setTyped((before) => ({ ...before, keystorePassword }))}
          refusal={make.problem}
        />
      ) : null}
      <div className="row">
        <Button type="submit" variant="default" loading={make.busy} disabled={!running}>
          Set a new password
        </Button>
        {running ? null : <span className="small quiet">Start the node first: it is the running node that takes it.</span>}
      </div>
      {make.problem === null || locked ? null : <Trouble problem={make.problem} />}
    </form>
  )
}
