import { kibanaWords } from '../../shared/clients/client-words.ts'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { useWizard } from '../place/wizard.ts'
import { TokenStep } from './token-step.tsx'

/** A Kibana that is not on this machine: started there, and given the token. */
export function KibanaByHand({ setupId }: { setupId: string }) {
  const { info } = useWizard()
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
        <TokenStep setupId={setupId} scope="kibana" words={kibanaWords.token} />
      </li>
      <li>
        <p>
          Log in as <span className="mono">elastic</span> with the password you stored.
        </p>
      </li>
    </ol>
  )
}
