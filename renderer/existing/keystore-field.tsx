import { PasswordInput } from '@mantine/core'
import '../layout/inputs.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { useStandingError } from '../layout/use-standing-error.ts'

/** Asks for the password of elasticsearch.keystore where it turned out to have one. `refusal`: what the call ended with. */
export function KeystoreField({ value, onChange, refusal, description = 'The certificate passwords are stored in it. Used for this call only, and not stored.' }: {
  value: string
  onChange: (value: string) => void
  refusal: ProblemView | null
  description?: string
}) {
  const error = useStandingError(refusal === null || refusal.code === 'keystore_locked' ? null : refusal, value)
  return (
    <PasswordInput
      label="Password of elasticsearch.keystore"
      description={description}
      autoComplete="off"
      autoFocus
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(error === undefined ? {} : { error, 'aria-invalid': true })}
    />
  )
}
