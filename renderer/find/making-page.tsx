import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { ProblemView, Progress } from '../../shared/contract/target.ts'
import { type Engine, useEngine } from '../connection/engine.ts'
import { problemOf } from '../connection/problem-of.ts'
import { inBytes, inSeconds } from '../design/figures.ts'
import { StateMark } from '../design/state-mark.tsx'
import { useNow } from '../design/use-now.ts'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { useWizard } from '../place/wizard.ts'

export type Making = { readonly what: 'practice'; readonly version: string; readonly user?: string } | { readonly what: 'unpack'; readonly archive: string; readonly into: string }

/** A home in the making: what is done now, how much of it, and a way out that leaves nothing behind. */
export function MakingPage({ making, onHome, onAgain, onLeave }: { making: Making; onHome: (home: string) => void; onAgain: () => void; onLeave: () => void }) {
  const engine = useEngine()
  const { info } = useWizard()
  const [progress, setProgress] = useState<Progress | null>(null)
  const [problem, setProblem] = useState<ProblemView | null>(null)
  const [begun] = useState(Date.now)
  const now = useNow(500, problem === null)
  const make = useEffectEvent((signal: AbortSignal, onProgress: (progress: Progress) => void) => follow(engine, making, signal, onProgress))
  const leaveWith = useEffectEvent((home: string | null) => home !== null && onHome(home))
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const refuse = (thrown: unknown): void => setProblem(problemOf(thrown, signal))
    make(signal, setProgress).then((home) => signal.aborted || leaveWith(home), refuse)
    return () => controller.abort()
  }, [])

  const back = (
    <Button variant="default" onClick={onLeave}>
      {problem === null ? 'Cancel' : 'Back to the list'}
    </Button>
  )
  if (problem !== null) return <RefusalPage problem={problem} primary={{ words: 'Try again', onPress: onAgain }} second={back} />
  const practice = making.what === 'practice'
  return (
    <Page
      state={<StateMark state="live" />}
      title={practice ? `Fetching the practice copy of Elasticsearch ${making.version}` : 'Unpacking Elasticsearch'}
      lead={
        practice
          ? `A copy to try and develop with, not for production. It will belong to ${info.practice.owner}. What was fetched is kept for the next time.`
          : 'Cancelling leaves nothing behind.'
      }
      second={back}
    >
      <div className="stack tight">
        <Bar progress={progress} name={practice ? 'Practice copy' : 'Unpacking'} />
        <div className="row small">
          <span className="grow quiet">{progress?.text ?? 'Beginning'}</span>
          <span className="seconds">
            {progress === null ? '' : `${amount(progress)} · `}
            {inSeconds(now - begun)}
          </span>
        </div>
      </div>
    </Page>
  )
}

function Bar({ progress, name }: { progress: Progress | null; name: string }) {
  const part = progress === null || progress.total === null || progress.total === 0 ? null : Math.min(1, progress.done / progress.total)
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part === null ? undefined : Math.round(part * 100)}
      data-known={part !== null}
    >
      <span style={part === null ? undefined : { width: `${part * 100}%` }} />
    </div>
  )
}

function amount({ done, total, unit }: Progress): string {
  const told = unit === 'bytes' ? inBytes : String
  const words = total === null ? told(done) : `${told(done)} of ${told(total)}`
  return unit === 'files' ? `${words} files` : unit === 'steps' && total !== null ? `step ${words}` : words
}

async function follow(engine: Engine, making: Making, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<string | null> {
  const stream =
    making.what === 'practice'
      ? await engine.installation.practiceCopy({ version: making.version, ...(making.user === undefined ? {} : { user: making.user }) }, { signal })
      : await engine.installation.unpack({ archive: making.archive, into: making.into }, { signal })
  for await (const event of stream) {
    if (event.type === 'done') return event.home
    onProgress(event.progress)
  }
  return null
}
