import './credentials-page.css'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Credentials } from '../../shared/contract/setup.ts'
import { useConnection } from '../connection/engine.ts'
import { untilHeard } from '../connection/until-heard.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { useClipboard } from '../design/clipboard.ts'
import { Trouble } from '../design/trouble.tsx'
import { SaveFold } from '../handout/save-fold.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useWizard } from '../place/wizard.ts'
import { ClipboardNote } from './clipboard-note.tsx'
import { CredentialsCard } from './credentials-card.tsx'
import { KibanaToken } from './kibana-token.tsx'
import { TerminalLines } from './terminal-lines.tsx'

const NotCopied = lazy(() => import('./not-copied.tsx').then(({ NotCopied }) => ({ default: NotCopied })))

/** What people came for. It ends when somebody says that the password is stored. */
export function CredentialsPage() {
  const { place, begin } = useWizard()
  const setupId = place.setupId ?? ''
  const asked = useAsk(setupId, (engine, signal) => engine.setup.credentials({ setupId }, { signal }))
  if (asked.state === 'asking') return <WaitingPage title="Getting the credentials" lead="Creating an enrollment token for Kibana." />
  if (asked.state === 'refused') {
    const lost = asked.problem.code === 'no_such_setup'
    return <RefusalPage problem={asked.problem} primary={lost ? { words: 'Back to the list', onPress: () => begin() } : { words: 'Try again', onPress: asked.again }} />
  }
  return <Shown credentials={asked.answer} setupId={setupId} />
}

function Shown({ credentials, setupId }: { credentials: Credentials; setupId: string }) {
  const { go } = useWizard()
  const connection = useConnection()
  const clipboard = useClipboard()
  const [shown, setShown] = useState(false)
  const [taken, setTaken] = useState(credentials.handedOver)
  const [asking, setAsking] = useState(false)
  const stored = useDo(async (engine) => {
    await engine.setup.handedOver({ setupId })
    go('now', { line: 'Password stored' })
  })
  // Another window may have shown or copied it since.
  const ask = useDo(async (engine) => {
    const { handedOver } = await engine.setup.credentials({ setupId })
    setTaken(handedOver)
    if (handedOver) stored.start()
    else setAsking(true)
  })
  const safe = taken || credentials.password === null
  // Whoever has seen or copied it has it: a wizard that dies after that must not set another.
  const tell = useDo(async () => {
    await untilHeard(connection, (engine) => engine.setup.handedOver({ setupId }))
  })
  const take = (): void => {
    if (!taken) tell.start()
    setTaken(true)
  }

  useEffect(() => {
    if (safe) return undefined
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [safe])

  const toggle = (): void => {
    setShown(!shown)
    take()
  }
  const leave = (): void => {
    if (safe || asking) stored.start()
    else ask.start()
  }
  return (
    <Page
      title="Elasticsearch is running, and secured"
      lead="Store the password now. Elasticsearch stores only a hash of it, and Firstnode keeps it in memory only."
      primary={{ words: 'I have stored the password', onPress: leave, busy: stored.busy || ask.busy }}
      second={<ClipboardNote />}
    >
      {stored.problem === null ? null : <Trouble problem={stored.problem} />}
      {ask.problem === null ? null : <Trouble problem={ask.problem} />}
      {tell.problem === null ? null : <Trouble problem={tell.problem} />}
      <CredentialsCard credentials={credentials} shown={shown} onToggle={toggle} onTaken={take} />
      <KibanaToken first={credentials.kibanaToken} trouble={credentials.kibanaTokenTrouble} setupId={setupId} />
      <TerminalLines credentials={credentials} setupId={setupId} shown={shown} onTaken={take} />
      {credentials.password === null ? null : <SaveFold setupId={setupId} known onTaken={take} />}
      {asking ? (
        <Suspense fallback={null}>
          <NotCopied
            onCopy={async () => {
              await clipboard.copy(credentials.password ?? '', 'password')
              take()
              setAsking(false)
            }}
            onLeave={() => {
              setAsking(false)
              stored.start()
            }}
            onStay={() => setAsking(false)}
          />
        </Suspense>
      ) : null}
    </Page>
  )
}
