import '../start/start-page.css'
import { Button, Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { KibanaRun } from '../../shared/contract/kibana.ts'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { duration } from '../../shared/duration.ts'
import { useDo } from '../connection/use-ask.ts'
import { TokenCard } from '../credentials/kibana-token.tsx'
import { useClipboard } from '../design/clipboard.ts'
import { counted } from '../design/sentences.ts'
import { StateMark, type State } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { useAnnounce } from '../layout/announce.tsx'
import { Fold } from '../layout/fold.tsx'
import { TokenStep } from '../now/token-step.tsx'
import type { KeptLog } from '../start/kept-log.ts'
import { LogView } from '../start/log-view.tsx'
import { OpenLink } from './open-link.tsx'
import { useKibanaRun } from './use-kibana-run.ts'

/** A Kibana that starts: its log, its link where it asks for a token, and the way in once it answers. */
export function KibanaRunning({ runId, begun, token, setupId, onLeave }: {
  runId: string
  /** as it was when it was begun; null where that was before a reload */
  begun: KibanaRun | null
  /** for it to be pasted there; null where none was made on this page */
  token: EnrollmentTokenView | null
  setupId: string
  onLeave: () => void
}) {
  const { state, log, problem, enrolled } = useKibanaRun(runId)
  if (problem !== null) {
    return (
      <Trouble problem={problem}>
        <button type="button" className="plain link" onClick={onLeave}>
          Back to the list
        </button>
      </Trouble>
    )
  }
  const run = state ?? begun
  if (run === null) return <Skeleton height={96} radius="md" />
  return <Told run={run} log={log} token={token} setupId={setupId} enrolled={enrolled} onLeave={onLeave} />
}

const titles: Record<KibanaRun['stage'], string> = {
  starting: 'Kibana is starting',
  waiting: 'Kibana asks for the enrollment token',
  enrolled: 'Kibana is enrolled, and starts',
  answering: 'Kibana runs',
  stopping: 'Kibana is being stopped',
  stopped: 'Kibana was stopped',
  failed: 'Kibana did not start',
}

const marks: Record<KibanaRun['stage'], State> = { starting: 'live', waiting: 'heed', enrolled: 'live', answering: 'good', stopping: 'live', stopped: 'waiting', failed: 'bad' }

function Told({ run, log, token, setupId, enrolled, onLeave }: { run: KibanaRun; log: KeptLog; token: EnrollmentTokenView | null; setupId: string; enrolled: boolean; onLeave: () => void }) {
  const announce = useAnnounce()
  const { stage, url } = run
  const over = stage === 'answering' || stage === 'stopped' || stage === 'failed'
  const now = useNow(500, !over)
  const title = titles[stage]
  useEffect(() => announce(title), [announce, title])
  const stop = useDo(async (engine) => void (await engine.kibana.stop({ runId: run.runId })))
  return (
    <div className="stack wide">
      <div className="row kibana-state">
        <StateMark state={marks[stage]} />
        <div className="grow">
          <h2>{title}</h2>
          <p className="small quiet">{leadOf(run, enrolled, now)}</p>
        </div>
        {over ? null : (
          <Button variant="default" onClick={() => stop.start()} loading={stop.busy || stage === 'stopping'}>
            Stop it
          </Button>
        )}
      </div>
      {stage === 'waiting' && run.link !== null ? <Waiting link={run.link} runId={run.runId} given={token} setupId={setupId} /> : null}
      {stage === 'answering' ? (
        <div className="row">
          <OpenLink url={url} runId={run.runId}>
            Open Kibana
          </OpenLink>
          <span className="mono small">{url}</span>
        </div>
      ) : null}
      {run.problem === null ? null : <Trouble problem={run.problem} />}
      {stop.problem === null ? null : <Trouble problem={stop.problem} />}
      <Fold title="Log" hint={log.lines.length === 0 ? 'nothing yet' : counted(log.lines.length + log.dropped, 'line')} open={stage === 'failed' && log.lines.length > 0}>
        <LogView log={log} />
      </Fold>
      {over ? (
        <div>
          <Button variant="subtle" onClick={onLeave}>
            Back to the list
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function leadOf({ stage, startedAt }: KibanaRun, enrolled: boolean, now: number): string {
  if (stage === 'answering') return `${enrolled ? 'Somebody gave it the token, and it answers. ' : ''}Log in as elastic with the password you stored. It goes on when Firstnode ends.`
  if (stage === 'waiting') return 'Open its link, and paste the token there. This page sees when that is done.'
  if (stage === 'failed' || stage === 'stopped') return 'What was written stays.'
  return `Its first start takes a minute or more. ${duration(now - startedAt)} so far.`
}

function Waiting({ link, runId, given, setupId }: { link: string; runId: string; given: EnrollmentTokenView | null; setupId: string }) {
  const clipboard = useClipboard()
  const [token, setToken] = useState(given)
  const copy = (): void => {
    // Where the browser refuses, the token can be copied by hand just below.
    if (token !== null) clipboard.copy(token.token, 'Kibana token').catch(() => undefined)
  }
  return (
    <>
      {given === null ? <TokenStep aside setupId={setupId} scope="kibana" words="Make a token for Kibana" onMade={setToken} /> : <TokenCard token={given} />}
      <div className="row">
        <OpenLink url={link} runId={runId} onOpen={copy}>
          {token === null ? 'Open its link' : 'Copy the token and open its link'}
        </OpenLink>
        <span className="mono small kibana-link">{link}</span>
      </div>
    </>
  )
}
