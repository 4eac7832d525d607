import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { NewPassword } from '../../shared/contract/password.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { lockedOut } from './locked-out.ts'

/** The new password, as on the credentials page: hidden until it is asked for, and gone when this is left. */
export function PasswordSet({ set, onAnother }: { set: NewPassword; onAnother: () => void }) {
  const [shown, setShown] = useState(false)
  const [taken, setTaken] = useState(false)
  useEffect(() => {
    if (taken) return undefined
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [taken])
  const toggle = (): void => {
    setShown(!shown)
    setTaken(true)
  }
  const proof = !set.answered
    ? 'Elasticsearch did not answer whether it changed the password. It may have, or still may: keep the old password and this one, and try both.'
    : set.proved
      ? 'Elasticsearch accepts it.'
      : `It was set, but Elasticsearch does not let ${set.username} in with it: the user may be disabled.`
  return (
    <div className="stack" role="status" aria-label="New password">
      <section className="card credentials" aria-label={`Credentials of ${set.username}`}>
        <div className="credentials-key password-set">
          <div className="credentials-who">
            <span className="small quiet">User</span>
            <span className="mono credentials-user">{set.username}</span>
          </div>
          <div className="grow">
            <span className="small quiet">New password</span>
            <SecretValue what="New password" value={set.password} shown={shown} large />
          </div>
          <div className="fact-actions">
            <ShowButton what="new password" shown={shown} onToggle={toggle} />
            <CopyButton what="new password" text={set.password} secret onCopied={() => setTaken(true)} />
          </div>
        </div>
      </section>
      <p>
        {proof} Store it now: Elasticsearch keeps only a hash of it, and this page keeps it in memory only.
      </p>
      <p>{lockedOut(set.username)}</p>
      <div>
        <Button variant="default" onClick={onAnother}>
          Set another
        </Button>
      </div>
    </div>
  )
}
