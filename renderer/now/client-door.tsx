import { useState } from 'react'
import { useAsk } from '../connection/use-ask.ts'
import { CredentialsCard } from '../credentials/credentials-card.tsx'
import { TerminalLines } from '../credentials/terminal-lines.tsx'
import { Trouble } from '../design/trouble.tsx'

/** A client: the address, and either of the two things by which it can trust the node (seeds: "Connect clients to Elasticsearch"). */
export function ClientDoor({ setupId }: { setupId: string }) {
  const asked = useAsk(setupId, (engine, signal) => engine.setup.credentials({ setupId }, { signal }))
  const [shown, setShown] = useState(false)
  if (asked.state === 'asking') return <p className="quiet small">Asking for the address and the certificate</p>
  if (asked.state === 'refused') return <Trouble problem={asked.problem} />
  const nothing = (): void => undefined
  return (
    <>
      <p className="small quiet">
        A client needs the address, the password, and one of two things to trust the node: the fingerprint of its CA, or the CA certificate itself.
      </p>
      <CredentialsCard credentials={asked.answer} shown={shown} onToggle={() => setShown(!shown)} onTaken={nothing} />
      <TerminalLines credentials={asked.answer} setupId={setupId} shown={shown} onTaken={nothing} />
    </>
  )
}
