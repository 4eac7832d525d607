import { PasswordInput } from '@mantine/core'
import '../layout/inputs.ts'
import type { ProblemView } from '../../shared/contract/target.ts'

/** Asks for the password of elasticsearch.keystore where it turned out to have one. `refusal`: what the call ended with. */
export function KeystoreField({ value, onChange, refusal }: { value: string; onChange: (value: string) => void; refusal: ProblemView | null }) {
  return (
    <PasswordInput
      label="Password of elasticsearch.keystore"
      description="The way to the node's certificates is kept in it. Used for this one call, kept nowhere."
      autoComplete="off"
      autoFocus
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={refusal === null || refusal.code === 'keystore_locked' ? undefined : refusal.message}
    />
  )
}
