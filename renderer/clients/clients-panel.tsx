import './clients.css'
import { Skeleton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ClientName, ClientSnippets } from '../../shared/contract/clients.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { walkTabs } from '../design/walk-tabs.ts'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { ClientSteps } from './client-steps.tsx'
import { OtherAddress } from './other-address.tsx'
import { Unlock } from './unlock.tsx'

/** In the order in which they are shown. */
const tabs: readonly (readonly [ClientName, string])[] = [
  ['curl', 'curl'],
  ['javascript', 'JavaScript'],
  ['python', 'Python'],
  ['python-async', 'Python asyncio'],
  ['java', 'Java'],
  ['go', 'Go'],
  ['dotnet', '.NET'],
  ['ruby', 'Ruby'],
  ['php', 'PHP'],
  ['perl', 'Perl'],
  ['rust', 'Rust'],
  ['beats', 'Beats'],
  ['logstash', 'Logstash'],
  ['agent', 'Elastic Agent'],
  ['kibana', 'Kibana'],
]
const names = tabs.map(([name]) => name)

/** What every client needs, then each of them as a tab, each connected with this node as printed. What it read of the node is given to `children`, to stand below. */
export function ClientsPanel({ children }: { children: (snippets: ClientSnippets) => ReactNode }) {
  return (
    <>
      <p className="small quiet">
        A client needs the address, a way to recognize the node, and a password or an API key. These files contain no secrets: the programs read them from the environment.
      </p>
      <Panel>{children}</Panel>
    </>
  )
}

function Panel({ children }: { children: (snippets: ClientSnippets) => ReactNode }) {
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), (engine, signal) => engine.clients.snippets({ target }, { signal }))
  // With the keystore opened, or for another address.
  const [answered, setAnswered] = useState<ClientSnippets | null>(null)
  const unlock = useDo(async (engine, keystorePassword: string) => setAnswered(await engine.clients.snippets({ target, keystorePassword })))
  if (answered === null && asked.state === 'asking') return <Skeleton height={420} radius="md" />
  if (answered === null && asked.state === 'refused') {
    const problem = unlock.problem ?? asked.problem
    return isKeystoreLock(problem) ? <Unlock refusal={problem} busy={unlock.busy} onPassword={unlock.start} /> : <Trouble problem={problem} />
  }
  const snippets = answered ?? (asked.state === 'answered' ? asked.answer : null)
  if (snippets === null) return null
  return (
    <>
      {snippets.sentences.length === 0 ? null : (
        <div className="notice clients-notice">
          {snippets.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <OtherAddress url={snippets.url} addresses={snippets.addresses} onChosen={setAnswered} />
      <Tabs clients={snippets.clients} />
      {children(snippets)}
    </>
  )
}

function Tabs({ clients }: { clients: ClientSnippets['clients'] }) {
  const [shown, setShown] = useState<ClientName>('curl')
  return (
    <div className="stack">
      <div className="clients-tabs" role="tablist" aria-label="Clients">
        {tabs.map(([name, words]) => (
          <button
            key={name}
            id={`client-${name}`}
            type="button"
            role="tab"
            className="plain client-tab"
            aria-selected={shown === name}
            aria-controls="client"
            tabIndex={shown === name ? 0 : -1}
            onClick={() => setShown(name)}
            onKeyDown={(event) => walkTabs(event, names, name, setShown, (one) => `client-${one}`)}
          >
            {words}
          </button>
        ))}
      </div>
      <section id="client" role="tabpanel" aria-labelledby={`client-${shown}`} className="stack">
        <ClientSteps key={shown} client={clients[shown]} />
      </section>
    </div>
  )
}
