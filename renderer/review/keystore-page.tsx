import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import { StateMark } from '../design/state-mark.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
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
      lead="Firstnode opens elasticsearch.keystore to add the passwords of the new certificates. Its other entries are kept."
      primary={{ words: 'Open the keystore', onPress: () => onPassword(typed), disabled: typed === '' }}
      second={
        <Button variant="subtle" onClick={() => begin()}>
          Choose another
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed !== '') onPassword(typed)
        }}
      >
        <KeystoreField value={typed} onChange={setTyped} refusal={tried ? problem : null} description="Kept in memory only, and passed to the node when it starts." />
      </form>
    </Page>
  )
}
