import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import type { HostInfo, WizardPlace } from '../shared/contract/host.ts'
import type { ProblemView } from '../shared/contract/target.ts'
import { AboutProvider } from './about/about-provider.tsx'
import type { Unconnected } from './connection/connect.ts'
import { type Connection, ConnectionContext, type Engine, type Standing } from './connection/engine.ts'
import { GonePage } from './connection/gone-page.tsx'
import { clipboardOf } from './connection/host-clipboard.ts'
import { problemOf } from './connection/problem-of.ts'
import { browserClipboard, type ClipboardWays } from './design/clipboard.ts'
import { ClipboardProvider } from './design/clipboard-provider.tsx'
import { FindPage } from './find/find-page.tsx'
import { Boundary } from './layout/boundary.tsx'
import { RefusalPage } from './layout/refusal-page.tsx'
import { Shell } from './layout/shell.tsx'
import { useWizard } from './place/wizard.ts'
import { WizardProvider } from './place/wizard-provider.tsx'

const parts = {
  check: () => import('./check/check-page.tsx').then(({ CheckPage }) => ({ default: CheckPage })),
  review: () => import('./review/review-page.tsx').then(({ ReviewPage }) => ({ default: ReviewPage })),
  join: () => import('./join/join-page.tsx').then(({ JoinPage }) => ({ default: JoinPage })),
  start: () => import('./start/start-page.tsx').then(({ StartPage }) => ({ default: StartPage })),
  credentials: () => import('./credentials/credentials-page.tsx').then(({ CredentialsPage }) => ({ default: CredentialsPage })),
  now: () => import('./now/now-page.tsx').then(({ NowPage }) => ({ default: NowPage })),
  existing: () => import('./existing/existing-page.tsx').then(({ ExistingPage }) => ({ default: ExistingPage })),
}
const later = {
  check: lazy(parts.check),
  review: lazy(parts.review),
  join: lazy(parts.join),
  start: lazy(parts.start),
  credentials: lazy(parts.credentials),
  now: lazy(parts.now),
  existing: lazy(parts.existing),
}

/** Fetches the later steps once the first one stands, so that no step waits and a host that ends takes none away. */
function fetchTheRest(): void {
  // A part that does not come now is asked for again when its step is shown.
  for (const part of Object.values(parts)) part().catch(() => undefined)
}

/** The page over whatever carries the contract. */
export function App({ connection }: { connection: Connection | Unconnected }) {
  if (typeof connection === 'string') return <GonePage why={connection} />
  return (
    <ConnectionContext value={connection}>
      <Opened connection={connection} />
    </ConnectionContext>
  )
}

type Beginning = { info: HostInfo; kept: WizardPlace | null; clipboard: ClipboardWays }

function Opened({ connection }: { connection: Connection }) {
  const standing = useSyncExternalStore(connection.onStanding, connection.standing)
  const [beginning, setBeginning] = useState<Beginning | ProblemView | null>(null)
  useEffect(() => {
    begin(connection.engine).then(setBeginning, (thrown: unknown) => setBeginning(problemOf(thrown)))
  }, [connection])

  if (beginning === null) return standing === 'spent' || standing === 'gone' ? <GonePage why={standing} /> : null
  if ('code' in beginning) {
    return (
      <main className="gone">
        <ClipboardProvider ways={browserClipboard}>
          <RefusalPage problem={beginning} primary={{ words: 'Try again', onPress: () => location.reload() }} />
        </ClipboardProvider>
      </main>
    )
  }
  return (
    <ClipboardProvider ways={beginning.clipboard}>
      <WizardProvider info={beginning.info} kept={beginning.kept}>
        <AboutProvider>
          <Shell notice={<StandingNotice standing={standing} />}>
            <Boundary fallback={tellPartMissing}>
              <Suspense fallback={null}>
                <CurrentStep />
              </Suspense>
            </Boundary>
          </Shell>
        </AboutProvider>
      </WizardProvider>
    </ClipboardProvider>
  )
}

const partMissing: ProblemView = {
  code: 'page_part_missing',
  message: 'Part of this page could not be displayed. Running work continues.',
  remedy: 'See that Firstnode still runs, then load the page again: it goes on where it was.',
  detail: null,
}

function tellPartMissing(what: string) {
  return <RefusalPage problem={{ ...partMissing, detail: what }} primary={{ words: 'Load the page again', onPress: () => location.reload() }} />
}

async function begin(engine: Engine): Promise<Beginning> {
  const [info, kept] = await Promise.all([engine.host.info(), engine.host.place()])
  return { info, kept, clipboard: clipboardOf(engine, info) }
}

function CurrentStep() {
  const { place } = useWizard()
  useEffect(() => {
    const timer = setTimeout(fetchTheRest, 1500)
    return () => clearTimeout(timer)
  }, [])
  if (place.step === 'find' || place.target === null) return <FindPage />
  const Step = later[place.step]
  return <Step />
}

const standingWords: Record<Exclude<Standing, 'open'>, string> = {
  lost: 'Connection lost. Reconnecting; running work continues.',
  spent: 'Firstnode was restarted, so this page is out of date. Press Enter in its terminal and open the address it prints.',
  gone: 'Firstnode does not answer any more. A node that was started keeps running. Start Firstnode again and open the address it prints.',
}

function StandingNotice({ standing }: { standing: Standing }) {
  return (
    <div role="status">
      {standing === 'open' ? null : <p className="notice">{standingWords[standing]}</p>}
    </div>
  )
}
