import { useEffect, useEffectEvent, useState } from 'react'
import type { WizardPlace } from '../../shared/contract/host.ts'
import type { MenuChoice } from '../../shared/contract/desktop.ts'
import { useAbout } from '../about/about.ts'
import { useConnection } from '../connection/engine.ts'
import { followStream } from '../connection/follow-stream.ts'
import { useDo } from '../connection/use-ask.ts'
import { shortPath } from '../design/figures.ts'
import { Trouble } from '../design/trouble.tsx'
import { useWizard } from '../place/wizard.ts'

/** Follows what somebody chooses in the menu of the window, and says what cannot be done now. */
export function MenuChoices() {
  const connection = useConnection()
  const { info, place, begin } = useWizard()
  const show = useAbout()
  const [refusedAt, setRefusedAt] = useState<WizardPlace['step'] | null>(null)
  const open = useDo(async (engine) => {
    const home = await engine.host.pick({ what: 'folder', title: 'The folder of Elasticsearch', from: null })
    if (home !== null) begin({ home }, `Elasticsearch in ${shortPath(home, info.homeFolder, info.separator)}`)
  })

  const take = useEffectEvent((choice: MenuChoice) => {
    setRefusedAt(null)
    if (choice !== 'open-folder') return show(choice)
    show(null)
    return mayLeave(place) ? open.start() : setRefusedAt(place.step)
  })
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    void followStream(connection, signal, (engine) => engine.host.menuChoices(undefined, { signal }), { onEvent: (choice) => take(choice), onProblem: () => undefined })
    return () => controller.abort()
  }, [connection])

  return (
    <div role="status">
      {refusedAt !== null && refusedAt === place.step ? <p className="notice">Finish this step first, or leave it by its own buttons; then open another folder.</p> : null}
      {open.problem === null ? null : <Trouble problem={open.problem} />}
    </div>
  )
}

/** What is under way, and a password that nobody has yet, are not left by a slip in the menu. */
function mayLeave({ step, workId }: WizardPlace): boolean {
  return workId === null && step !== 'start' && step !== 'credentials'
}
