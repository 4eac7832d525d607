import { Button } from '@mantine/core'
import { useState } from 'react'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'

/** The last choice where Elasticsearch would skip its configuration, said as it is. */
export function StartAsIs() {
  const { go } = useWizard()
  const target = useTarget()
  const [sure, setSure] = useState(false)
  const start = useDo(async (engine) => {
    const state = await engine.setup.startAsIs({ target })
    go('start', { setupId: state.setupId, line: 'Started as it is' })
  })
  return (
    <Fold title="Start without configuring security" hint="the settings of this home decide who gets in">
      <div className="stack">
        <p>
          Firstnode writes nothing: no certificates, no password. The node starts with the settings it has. Where these do not turn security on by
          themselves, everybody who can reach its port can read, change and delete everything in it.
        </p>
        <label className="sure">
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
          <span>I know that this node may then be open to others</span>
        </label>
        <div>
          <Button variant="default" disabled={!sure} loading={start.busy} onClick={() => start.start()}>
            Start without security
          </Button>
        </div>
        {start.problem === null ? null : <Trouble problem={start.problem} />}
      </div>
    </Fold>
  )
}
