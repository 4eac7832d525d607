import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { NewPassword } from '../../shared/contract/password.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { lockedOut } from './locked-out.ts'

/** The new password, as on the credentials page: hidden until it is asked for. `onTaken`: it was shown or copied. */
export function PasswordSet({ set, onTaken, onAnother }: { set: NewPassword; onTaken: () => void; onAnother: () => void }) {
  const [shown, setShown] = useState(false)
  const { handedOver } = set
  useEffect(() => {
    if (handedOver) return undefined
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [handedOver])
  const toggle = (): void => {
    setShown(!shown)
    onTaken()
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
            <CopyButton what="new password" text={set.password} secret onCopied={onTaken} />
          </div>
        </div>
      </section>
      <p>
        {proof} Store it now: Elasticsearch keeps only a hash of it, and this page keeps it in memory only.
      </p>
      <p>{lockedOut(set.username)}</p>
      <div>
        {handedOver ? (
          <Button variant="default" onClick={onAnother}>
            Set another
          </Button>
        ) : (
          <AskingFirst
            words="Set another"
            title="Leave without this password?"
            sentences={['You have not shown or copied it yet. Nobody can look it up later; you would have to set a new one.']}
            confirm="Leave without it"
            busy={false}
            onConfirm={onAnother}
          />
        )}
      </div>
    </div>
  )
}
