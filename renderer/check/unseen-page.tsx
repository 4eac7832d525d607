import type { ReactNode } from 'react'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Check } from '../../shared/contract/preflight.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Page } from '../layout/page.tsx'
import { useWizard } from '../place/wizard.ts'
import { FineChecks, OpenChecks } from './check-list.tsx'

/** A node that is configured and whose password nobody ever saw: it leads to a new one. */
export function UnseenPage({ installation, where, open, fine, another }: { installation: Installation; where: string; open: Check[]; fine: Check[]; another: ReactNode }) {
  const { go } = useWizard()
  const runs = installation.state === 'running'
  const unseen = open.filter(({ code }) => code === 'password_unseen')
  return (
    <Page
      state={<StateMark state="heed" words="Needs a decision:" />}
      title="Set up, but no password was ever issued"
      lead={`${where}. ${runs ? 'It is running: a new password can be set at once.' : 'It has to run to be given one: start it on the next page, then set it there.'}`}
      primary={{ words: runs ? 'Go on to a new password' : 'Go on to start it', onPress: () => go('existing', { line: 'Set up, password not known' }) }}
      second={another}
    >
      <OpenChecks checks={unseen} />
      <FineChecks checks={fine} />
    </Page>
  )
}
