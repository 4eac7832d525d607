import { useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { useWizard } from '../place/wizard.ts'
import { OpenTransport } from './open-transport.tsx'
import { TokenStep } from './token-step.tsx'

/** Another node: a token of half an hour, and the line to start that node with (seeds: "Enroll additional nodes in your cluster"). */
export function NodeDoor({ setupId }: { setupId: string }) {
  const { info } = useWizard()
  const [token, setToken] = useState<EnrollmentTokenView | null>(null)
  const start = `${info.platform === 'win32' ? 'bin\\elasticsearch.bat' : 'bin/elasticsearch'} --enrollment-token`
  return (
    <>
      <OpenTransport />
      <ol className="steps">
        <li>
          <p>Unpack an Elasticsearch of the same version to a folder of its own. Do not start it yet.</p>
        </li>
        <li>
          <p>Make an enrollment token for it. It works for 30 minutes, for as many nodes as you like.</p>
          <TokenStep setupId={setupId} scope="node" words="Make a token for a node" onMade={setToken} />
        </li>
        <li>
          <p>Start it from its folder with the token; it makes its own certificates and joins.</p>
          <CodeLine label="Line that starts the new node" actions={<CopyButton what="line that starts the node" text={`${start} ${token?.token ?? '<enrollment-token>'}`} secret={token !== null} />}>
            {start} {'<enrollment-token>'}
          </CodeLine>
          <p className="small quiet">
            Or let Firstnode do it: choose that folder here and press "Add it to a cluster instead", or in a terminal{' '}
            <span className="mono">firstnode join --home DIR</span>. It checks first, and puts everything back where it does not succeed.
          </p>
        </li>
      </ol>
    </>
  )
}
