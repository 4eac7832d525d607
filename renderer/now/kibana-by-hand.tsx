import { Button } from '@mantine/core'
import { useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { useDo } from '../connection/use-ask.ts'
import { TokenCard } from '../credentials/kibana-token.tsx'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'

/** A Kibana that is not on this machine: started there, and given the token. */
export function KibanaByHand({ setupId }: { setupId: string }) {
  const { info } = useWizard()
  const target = useTarget()
  const [token, setToken] = useState<EnrollmentTokenView | null>(null)
  const make = useDo(async (engine) => setToken(await engine.cluster.token({ target, setupId, scope: 'kibana' })))
  const start = info.platform === 'win32' ? 'bin\\kibana.bat' : 'bin/kibana'
  return (
    <ol className="steps">
      <li>
        <p>Unpack a Kibana of the same version there, and start it from its folder. It must reach this node over the network.</p>
        <CodeLine label="Line that starts Kibana" actions={<CopyButton what="line that starts Kibana" text={start} />}>
          {start}
        </CodeLine>
      </li>
      <li>
        <p>Open the link it prints, and paste the enrollment token there.</p>
        {token === null ? (
          <div>
            <Button onClick={() => make.start()} loading={make.busy}>
              Make a token for Kibana
            </Button>
          </div>
        ) : (
          <TokenCard token={token} />
        )}
        {make.problem === null ? null : <Trouble problem={make.problem} />}
      </li>
      <li>
        <p>
          Log in as <span className="mono">elastic</span> with the password you stored.
        </p>
      </li>
    </ol>
  )
}
