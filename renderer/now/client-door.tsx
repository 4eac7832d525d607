import { useState } from 'react'
import type { Credentials } from '../../shared/contract/setup.ts'
import { ApiKey } from '../clients/api-key.tsx'
import { ClientsPanel } from '../clients/clients-panel.tsx'
import { ReadingOn } from '../clients/reading-on.tsx'
import { useAsk } from '../connection/use-ask.ts'
import { CredentialsCard } from '../credentials/credentials-card.tsx'
import { TerminalLines } from '../credentials/terminal-lines.tsx'
import { Trouble } from '../design/trouble.tsx'
import { SaveFold } from '../handout/save-fold.tsx'
import { Fold } from '../layout/fold.tsx'

/** Clients: each with its lines, then what they log in with, and what is kept for later (seeds: "Connect clients to Elasticsearch"). */
export function ClientDoor({ setupId }: { setupId: string }) {
  const asked = useAsk(setupId, (engine, signal) => engine.setup.credentials({ setupId }, { signal }))
  return (
    <ClientsPanel>
      {({ fleet, links }) => (
        <>
          {asked.state === 'refused' ? <Trouble problem={asked.problem} /> : null}
          {asked.state === 'answered' ? <LogIn credentials={asked.answer} setupId={setupId} /> : null}
          <ReadingOn fleet={fleet} links={links} />
        </>
      )}
    </ClientsPanel>
  )
}

function LogIn({ credentials, setupId }: { credentials: Credentials; setupId: string }) {
  const [shown, setShown] = useState(false)
  const nothing = (): void => undefined
  return (
    <>
      <TerminalLines credentials={credentials} setupId={setupId} shown={shown} onTaken={nothing} />
      <div className="folds">
        <ApiKey setupId={setupId} />
        <Fold title="Credentials" hint="address, password, CA fingerprint, CA certificate">
          <CredentialsCard credentials={credentials} shown={shown} onToggle={() => setShown(!shown)} onTaken={nothing} />
        </Fold>
        <SaveFold setupId={setupId} known={credentials.password !== null} />
      </div>
    </>
  )
}
