import '../credentials/credentials-page.css'
import './existing-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { NodeStatus } from '../../shared/contract/node.ts'
import type { NewPassword as NewPasswordSet } from '../../shared/contract/password.ts'
import { CertificatesFold } from '../certificates/certificates-fold.tsx'
import { LeftPage } from '../check/left-page.tsx'
import { isPasswordUnseen } from '../check/password-unseen.ts'
import { UnfinishedPage } from '../check/unfinished-page.tsx'
import { problemOf } from '../connection/problem-of.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { ClipboardNote } from '../credentials/clipboard-note.tsx'
import { shortPath } from '../design/figures.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { SaveFold } from '../handout/save-fold.tsx'
import { Fold } from '../layout/fold.tsx'
import { Page } from '../layout/page.tsx'
import { OpenTransport } from '../now/open-transport.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { ConnectClients } from './connect-clients.tsx'
import { LockedStart } from './locked-start.tsx'
import { NewPassword } from './new-password.tsx'
import { NewToken } from './new-token.tsx'
import { Places } from './places.tsx'
import { Shown } from './shown.tsx'
import { Undo } from './undo.tsx'
import { UndoingPage } from './undoing-page.tsx'

/** A node that is configured or running; where its set-up is being undone, that. */
export function ExistingPage() {
  const { workId } = useWizard().place
  return workId === null ? <Existing /> : <UndoingPage workId={workId} />
}

/** What it has, start and stop, a new token, a new password, clients, and the way back. */
function Existing() {
  const { begin, go, info } = useWizard()
  const target = useTarget()
  const [told, setTold] = useState<NodeStatus | null>(null)
  const [stopping, setStopping] = useState(false)
  // Kept here as well, since the engine forgets it once somebody has it; looking again does not lose it.
  const [password, setPassword] = useState<NewPasswordSet | null>(null)
  const [seen, setSeen] = useState(false)
  const take = (set: NewPasswordSet | null): void => {
    setPassword(set)
    if (set?.username === 'elastic') setSeen(true)
  }
  const asked = useAsk(JSON.stringify(target), async (engine, signal) => {
    const [installation, status, report, pending] = await Promise.all([
      engine.installation.inspect(target, { signal }),
      engine.node.status(target, { signal }),
      engine.preflight.run(target, { signal }),
      engine.cluster.pendingPassword(target, { signal }),
    ])
    // One that is pending no more was taken, here or in another window.
    setPassword((before) => pending ?? (before === null ? null : { ...before, handedOver: true }))
    return { installation, status, unseen: isPasswordUnseen(report) }
  })
  const start = useDo(async (engine, keystorePassword?: string) => {
    const state = await engine.node.start({ target, ...(keystorePassword === undefined ? {} : { keystorePassword }) })
    go('start', { setupId: state.setupId })
  })
  const stop = useDo(async (engine) => {
    try {
      setTold(await engine.node.stop(target))
    } catch (thrown) {
      // It was stopped by a first press whose answer was lost, or by somebody else.
      if (problemOf(thrown)?.code !== 'not_running') throw thrown
      setTold(await engine.node.status(target))
    }
    setStopping(false)
  })
  const another = (
    <Button variant="subtle" onClick={() => begin()}>
      Choose another
    </Button>
  )
  if (asked.state === 'asking') return <WaitingPage title="Looking at the node" lead={target.home} />
  if (asked.state === 'refused') return <RefusalPage problem={asked.problem} primary={{ words: 'Try again', onPress: asked.again }} second={another} />

  const { installation, unseen } = asked.answer
  const status = told ?? asked.answer.status
  const name = `Elasticsearch ${installation.version}`
  const path = shortPath(installation.home, info.homeFolder, info.separator)
  const { unfinished } = installation
  if (unfinished !== undefined) {
    const where = `${name} in ${path}`
    if (unfinished.command === 'up') return <UnfinishedPage installation={installation} where={where} another={another} />
    return <LeftPage unfinished={unfinished} where={where} again={asked.again} another={another} />
  }
  const locked = start.problem !== null && isKeystoreLock(start.problem)
  const again = (): void => {
    setTold(null)
    asked.again()
  }
  return (
    <Page
      state={status.running ? <StateMark state={status.secured ? 'good' : 'heed'} /> : null}
      title={status.running ? `${name} is running` : `${name} is set up, and not running`}
      lead={
        <>
          <p>{status.sentence}</p>
          <p className="mono small">{path}</p>
        </>
      }
      primary={status.running ? { words: 'Refresh', onPress: again } : { words: 'Start the node', onPress: () => start.start(), busy: start.busy }}
      second={
        <>
          {another}
          <ClipboardNote />
        </>
      }
    >
      {status.secured ? null : (
        <p className="notice unsecured">
          Its settings turn on no TLS for clients: what goes to {status.url} can be read on the way. Where they turn security off as well, whoever can reach it can read and change
          everything in it.
        </p>
      )}
      {unseen && !seen ? (
        <p className="notice">
          Nobody ever saw the password of the elastic user. {status.running ? 'Set a new one below; nobody needs an old one.' : 'Start the node, then set a new one here; nobody needs an old one.'}
        </p>
      ) : null}
      {start.problem === null || locked ? null : <Trouble problem={start.problem} />}
      {locked ? <LockedStart onPassword={(password) => start.start(password)} busy={start.busy} problem={start.problem} /> : null}
      <Shown status={status} />
      <div className="folds">
        <Fold title="Locations" hint="home, settings, data, log">
          <Places installation={installation} logFile={status.node?.logFile ?? null} />
        </Fold>
        {status.running && status.secured ? (
          <Fold title="New token" hint="for Kibana, or for a node that is to join">
            <NewToken />
          </Fold>
        ) : null}
        {status.secured ? (
          <Fold title="New password" hint="also where nobody knows the old one" open={password !== null || unseen}>
            <NewPassword running={status.running} unseen={unseen && !seen} set={password} onSet={take} />
          </Fold>
        ) : null}
        {status.secured ? (
          <Fold title="Connect a client" hint="curl, or your own program">
            <ConnectClients key={String(status.running)} running={status.running} />
          </Fold>
        ) : null}
        {status.secured ? <SaveFold setupId={null} known={false} /> : null}
        {status.secured ? <CertificatesFold key={`certificates ${status.running}`} /> : null}
        {status.secured ? (
          <Fold title="Who can join" hint="let nodes of other machines in, or keep them out">
            <OpenTransport />
          </Fold>
        ) : null}
        {status.running ? (
          <Fold title="Stop the node" hint={status.node === null ? undefined : `process ${status.node.pid}`} open={stopping}>
            <div className="stack tight">
              <p>Clients lose their connection until it is started again. Data and settings stay as they are.</p>
              <div>
                <Button variant="default" loading={stop.busy} onClick={() => stop.start()}>
                  Stop the node
                </Button>
              </div>
              {stop.problem === null ? null : <Trouble problem={stop.problem} />}
            </div>
          </Fold>
        ) : null}
        <Fold title="Undo the set-up" hint="take back what Firstnode wrote">
          <Undo />
        </Fold>
      </div>
    </Page>
  )
}
