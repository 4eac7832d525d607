import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import '../layout/inputs.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Page } from '../layout/page.tsx'
import { useWizard } from '../place/wizard.ts'

/** The keystore of this home is locked: asks for its password, which stays in memory. */
export function KeystorePage({ problem, tried, onPassword }: { problem: ProblemView; tried: boolean; onPassword: (password: string) => void }) {
  const { begin } = useWizard()
  const [typed, setTyped] = useState('')
  return (
    <Page
      state={<StateMark state="heed" />}
      title="The keystore has a password"
      lead="elasticsearch.keystore is opened to add the passwords of the new certificates to it. What it holds already is kept."
      primary={{ words: 'Open the keystore', onPress: () => onPassword(typed), disabled: typed === '' }}
      second={
        <Button variant="subtle" onClick={() => begin()}>
          Choose another
        </Button>
      }
    >
      <PasswordInput
        label="Password of elasticsearch.keystore"
        description="Kept in memory only, and given to the node when it starts."
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.repeat && typed !== '') onPassword(typed)
        }}
        error={tried ? problem.message : undefined}
        autoComplete="off"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
    </Page>
  )
}
