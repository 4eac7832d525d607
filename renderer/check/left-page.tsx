import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { UnfinishedKind, UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Undo } from '../existing/undo.tsx'
import { Page } from '../layout/page.tsx'
import { UnfinishedPanel } from '../layout/unfinished-panel.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { Closing } from '../now/close-transport.tsx'
import { Reopening } from '../now/reopening.tsx'
import { useTarget } from '../place/wizard.ts'

interface Left {
  readonly unfinished: UnfinishedWork
  /** the home in a line */
  readonly where: string
  readonly again: () => void
  readonly another: ReactNode
}

/** The button that ends what takes no decision, by its kind. */
const endings: Partial<Record<UnfinishedKind, string>> = {
  remedy: 'Restore the files',
  'temporary-user': 'Remove the temporary superuser',
}

/** Work of another command that was interrupted: what it was, and how to end it, here where this page can. */
export function LeftPage(left: Left) {
  const { kind, command } = left.unfinished
  const words = endings[kind]
  if (words !== undefined && command !== null) return <EndedAtOnce {...left} words={words} />
  if (kind === 'opening' || kind === 'closing') return <TransportLeft {...left} />
  return (
    <Framed {...left}>
      {kind === 'undo' && command !== null ? <Undo /> : undefined}
    </Framed>
  )
}

function Framed({ unfinished, where, again, another, children }: Left & { children?: ReactNode }) {
  return (
    <Page
      state={<StateMark state="heed" />}
      title={unfinished.command === null ? 'Firstnode is working on it' : 'Unfinished work'}
      lead={where}
      {...(children === undefined ? { primary: { words: 'Check again', onPress: again } } : {})}
      second={<Second again={children === undefined ? null : again} another={another} />}
    >
      <UnfinishedPanel unfinished={unfinished}>{children}</UnfinishedPanel>
    </Page>
  )
}

function EndedAtOnce({ unfinished, where, again, another, words }: Left & { words: string }) {
  const target = useTarget()
  const end = useDo(async (engine) => {
    await engine.setup.endUnfinished(target)
    again()
  })
  return (
    <Page
      state={<StateMark state="heed" />}
      title="Unfinished work"
      lead={where}
      primary={{ words, onPress: () => end.start(), busy: end.busy }}
      second={<Second again={again} another={another} />}
    >
      <UnfinishedPanel unfinished={unfinished}>{end.problem === null ? null : <Trouble problem={end.problem} />}</UnfinishedPanel>
    </Page>
  )
}

/** An opening or a closing of transport: restored here, and followed where this host is at it. */
function TransportLeft(left: Left) {
  const { where, again, another } = left
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), (engine, signal) => engine.transport.look(target, { signal }))
  const [begun, setBegun] = useState<string | null>(null)
  const [ended, setEnded] = useState<{ readonly workId: string; readonly problem: ProblemView } | null>(null)
  if (asked.state === 'asking') return <WaitingPage title="Checking" lead={target.home} />
  const workId = begun ?? (asked.state === 'answered' ? asked.answer.workId : null)
  if (workId !== null && ended?.workId !== workId) {
    return (
      <Page title="Changing who can join" lead={where} second={another}>
        <Reopening workId={workId} onEnd={({ problem }) => (problem === null ? again() : setEnded({ workId, problem }))} />
      </Page>
    )
  }
  if (left.unfinished.command === null) return <Framed {...left} />
  return (
    <Framed {...left}>
      <Closing onBegun={setBegun} />
      {ended === null ? null : <Trouble problem={ended.problem} />}
    </Framed>
  )
}

function Second({ again, another }: { again: (() => void) | null; another: ReactNode }) {
  return (
    <>
      {again === null ? null : (
        <Button variant="subtle" onClick={again}>
          Check again
        </Button>
      )}
      {another}
    </>
  )
}
