import type { ReactNode } from 'react'
import type { Installation } from '../../shared/contract/installation.ts'
import { useDo } from '../connection/use-ask.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { LockedStart } from '../existing/locked-start.tsx'
import { Page } from '../layout/page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'

/** A set-up that began here and never ended: taken up, it ends with a node that works. */
export function UnfinishedPage({ installation, where, another }: { installation: Installation; where: string; another: ReactNode }) {
  const { go } = useWizard()
  const target = useTarget()
  const takeUp = useDo(async (engine, keystorePassword?: string) => {
    const state = await engine.setup.resume({ target, ...(keystorePassword === undefined ? {} : { answers: { keystorePassword } }) })
    go('start', { setupId: state.setupId, line: 'Taken up again' })
  })
  const locked = takeUp.problem !== null && isKeystoreLock(takeUp.problem)
  return (
    <Page
      state={<StateMark state="heed" />}
      title="A set-up began here and did not end"
      lead={`${where}. ${installation.stateReason ?? ''} Taken up again it ends with a node that works.`}
      primary={{ words: 'Take the set-up up again', onPress: () => takeUp.start(), busy: takeUp.busy }}
      second={another}
    >
      {locked ? <LockedStart words="Take it up with this password" onPassword={(password) => takeUp.start(password)} busy={takeUp.busy} problem={takeUp.problem} /> : null}
      {takeUp.problem === null || locked ? null : <Trouble problem={takeUp.problem} />}
    </Page>
  )
}
