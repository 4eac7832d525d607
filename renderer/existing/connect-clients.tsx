import { ApiKey } from '../clients/api-key.tsx'
import { ClientsPanel } from '../clients/clients-panel.tsx'
import { ReadingOn } from '../clients/reading-on.tsx'

/** Clients of a node whose password is not known here: each with its lines, and, where the node runs, an API key that nobody needs a password for. */
export function ConnectClients({ running }: { running: boolean }) {
  return (
    <div className="stack">
      <ClientsPanel>
        {({ fleet, links }) => (
          <>
            {running ? <ApiKey setupId="" /> : <p>An API key is made when the node runs.</p>}
            <ReadingOn fleet={fleet} links={links} />
          </>
        )}
      </ClientsPanel>
    </div>
  )
}
