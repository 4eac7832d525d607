import { Button, Skeleton } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { KibanaView } from '../../shared/contract/kibana.ts'
import type { DownloadWish } from '../../shared/contract/download.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
import { ProgressBar } from '../design/progress-bar.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { useTarget, useWizard } from '../place/wizard.ts'
import { DownloadFields } from './download-fields.tsx'
import { folderAround } from './place-for.ts'
import { useDownload } from './use-download.ts'

/** Kibana, of the version of the Elasticsearch here and beside it: chosen, downloaded, and given on. */
export function KibanaDownload({ onMade }: { onMade: (kibana: KibanaView) => void }) {
  const target = useTarget()
  const here = useAsk(target.home, (engine, signal) => engine.installation.inspect(target, { signal }))
  const [workId, setWorkId] = useState<string | null>(null)
  if (here.state === 'asking') return <Skeleton height={96} radius="md" />
  if (here.state === 'refused') return <Trouble problem={here.problem} />
  if (workId !== null) return <Downloading key={workId} workId={workId} onMade={onMade} onLeave={() => setWorkId(null)} />
  return <Choosing version={here.answer.version} home={here.answer.home} onBegun={setWorkId} />
}

function Choosing({ version, home, onBegun }: { version: string; home: string; onBegun: (workId: string) => void }) {
  const { info } = useWizard()
  const begin = useDo(async (engine, wish: DownloadWish) => onBegun((await engine.download.begin(wish)).workId))
  const download = useDownload('kibana', version, folderAround(home, info.separator), begin.problem)
  const { wish, choice, errors } = download
  return (
    <div className="stack">
      <DownloadFields download={download} />
      <div>
        <Button onClick={() => errors.press(() => wish !== null && begin.start(wish))} loading={begin.busy}>
          {choice.file.trim() === '' ? `Download Kibana ${download.version ?? ''}` : 'Check and unpack the file'}
        </Button>
      </div>
    </div>
  )
}

function Downloading({ workId, onMade, onLeave }: { workId: string; onMade: (kibana: KibanaView) => void; onLeave: () => void }) {
  const { state, problem } = useWork(workId)
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId })
  })
  const look = useDo(async (engine, home: string) => onMade(await engine.kibana.look({ home })))
  const made = state?.home ?? null
  const isCancelled = state?.stage === 'cancelled'
  // What was not downloaded may not have been checked: that is read before it goes on.
  const isRead = state?.what.what === 'download' && state.what.file !== undefined
  const goOn = useEffectEvent(() => (made === null ? onLeave() : look.start(made)))
  useEffect(() => {
    if ((made !== null && !isRead) || isCancelled) goOn()
  }, [made, isCancelled, isRead])
  const trouble = problem ?? look.problem ?? cancel.problem ?? (state?.stage === 'failed' ? state.problem : null)
  if (trouble !== null) {
    return (
      <div className="stack">
        <Trouble problem={trouble} />
        <div>
          <Button variant="default" onClick={onLeave}>
            Back to the choice
          </Button>
        </div>
      </div>
    )
  }
  if (made !== null && isRead) {
    return (
      <div className="stack">
        <ul className="stack tight" role="status">
          {state.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <div>
          <Button onClick={() => look.start(made)} loading={look.busy}>
            Use this Kibana
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="stack">
      <ProgressBar progress={state?.progress ?? null} name="Kibana" ms={state === null ? 0 : now - state.startedAt} />
      <div>
        <Button variant="default" onClick={() => cancel.start()} disabled={cancel.busy || state?.stage === 'cancelling'}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
