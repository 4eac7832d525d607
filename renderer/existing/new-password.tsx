import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { builtInUsers } from '../../shared/built-in-users.ts'
import type { NewPassword as Set } from '../../shared/contract/password.ts'
import '../layout/inputs.ts'
import { useConnection } from '../connection/engine.ts'
import { untilHeard } from '../connection/until-heard.ts'
import { useDo } from '../connection/use-ask.ts'
import { Question } from '../design/question.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { KeystoreField } from './keystore-field.tsx'
import { lockedOut } from './locked-out.ts'
import { PasswordSet } from './password-set.tsx'

const nothing = { username: '', password: '', elasticPassword: '', keystorePassword: '' }

/**
 * A new password for a user of this node, whoever knows the old one or not. What is typed and what is `set` stay in memory.
 * `unseen`: nobody knows the password of the elastic user, so a new one takes nothing away.
 */
export function NewPassword({ running, unseen, set, onSet }: {
  running: boolean
  unseen: boolean
  set: Set | null
  onSet: (set: Set | null) => void
}) {
  const connection = useConnection()
  const target = useTarget()
  const list = useId()
  const [typed, setTyped] = useState(nothing)
  const username = typed.username.trim() === '' ? 'elastic' : typed.username.trim()
  const make = useDo(async (engine) => {
    const given = Object.fromEntries(Object.entries({ ...typed, username }).filter(([, value]) => value !== ''))
    onSet(await engine.cluster.newPassword({ target, ...given }))
    setTyped(nothing)
  })
  const [asking, setAsking] = useState(false)
  // Who was asked about already; a refusal that only wants another password asks no second time.
  const [sure, setSure] = useState<string | null>(null)
  const tell = useDo(async (_, who: string) => {
    await untilHeard(connection, (engine) => engine.cluster.passwordHandedOver({ target, username: who }))
  })
  const locked = make.problem !== null && isKeystoreLock(make.problem)
  const short = typed.password !== '' && typed.password.length < 6
  const [around, errors] = useFieldErrors({ typed, faults: short ? { password: 'Use at least 6 characters.' } : {}, problem: make.problem, at: { wrong_password: 'elasticPassword' } })
  const takesNothing = unseen && username === 'elastic'
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const isAsked = sure === username && make.problem !== null
    const begin = takesNothing || isAsked ? make.start : () => setAsking(true)
    if (running) errors.press(begin)
  }
  const field = (name: keyof typeof nothing) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
    spellCheck: false,
    ...errors.of(name),
  })
  const eye = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } }

  // Whoever has seen or copied it has it: on coming back nobody is warned.
  const take = (taken: Set): void => {
    if (taken.handedOver) return
    onSet({ ...taken, handedOver: true })
    tell.start(taken.username)
  }
  const another = (left: Set): void => {
    onSet(null)
    if (!left.handedOver) tell.start(left.username)
  }
  if (set !== null) {
    return (
      <>
        <PasswordSet set={set} onTaken={() => take(set)} onAnother={() => another(set)} />
        {tell.problem === null ? null : <Trouble problem={tell.problem} />}
      </>
    )
  }
  return (
    <form ref={around} className="stack" onSubmit={submit} noValidate>
      <p>
        The <span className="mono">{username}</span> user gets a new password, and the old password stops working. You do not need the old one:{' '}
        {typed.elasticPassword === '' ? 'Firstnode adds a temporary superuser to the file realm for a few seconds, then removes it.' : 'Firstnode changes it as the elastic user, and writes nothing here.'}
      </p>
      <Fold title="Advanced options" hint="the elastic user, a generated password" open={errors.shows}>
        <div className="stack">
          <TextInput label="User" description="A built-in user, or a native user of this cluster." placeholder="elastic" list={list} autoComplete="off" {...field('username')} />
          <datalist id={list}>
            {builtInUsers.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <PasswordInput
            label="New password"
            description="Leave it empty to generate a strong one. At least 6 characters."
            autoComplete="new-password"
            {...eye}
            {...field('password')}
          />
          <PasswordInput
            label="Current password of the elastic user"
            description="If you have it: Firstnode then writes nothing here. Used for this call only, and not stored."
            autoComplete="off"
            {...eye}
            {...field('elasticPassword')}
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
          {takesNothing ? 'Set a new password' : 'Set a new password…'}
        </Button>
        {running ? null : <span className="small quiet">Start the node first: only a running node can change a password.</span>}
      </div>
      {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
      {asking ? (
        <Question
          title={`Replace the password of ${username}?`}
          sentences={[`The present password of ${username} stops working at once, and cannot be restored.`, lockedOut(username)]}
          words="Set a new password"
          busy={make.busy}
          onConfirm={() => {
            setAsking(false)
            setSure(username)
            make.start()
          }}
          onLeave={() => setAsking(false)}
        />
      ) : null}
    </form>
  )
}
