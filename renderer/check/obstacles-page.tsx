import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PreflightReport, RemedyPreview } from '../../shared/contract/preflight.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { useAsk } from '../connection/use-ask.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { KeystorePage } from '../review/keystore-page.tsx'
import { Advice } from './advice.tsx'
import { FineChecks, OpenChecks } from './check-list.tsx'
import { RemedyPage } from './remedy-page.tsx'
import { undoneLine, undoWords } from './remedy-words.ts'
import { sortedChecks } from './sorted-checks.ts'
import { StartAsIs } from './start-as-is.tsx'

interface Obstacles {
  readonly report: PreflightReport
  /** what was undone here already, in a line */
  readonly undone: string | null
  /** checks again, after what the line says was undone */
  readonly again: (undone?: string) => void
  readonly another: ReactNode
}

/** Something stands in the way: what a plan can undo is undone after a preview, the rest is said in words. */
export function ObstaclesPage(props: Obstacles) {
  return props.report.checks.some(({ undoable }) => undoable === true) ? <Undoable {...props} /> : <Checks {...props} remedy={null} />
}

function Undoable(props: Obstacles) {
  const { secrets, type } = useWizard()
  const target = useTarget()
  const [looking, setLooking] = useState(false)
  const { keystorePassword } = secrets
  const asked = useAsk(JSON.stringify(target), (engine, signal) =>
    engine.preflight.previewRemedy({ target, ...(keystorePassword === undefined ? {} : { keystorePassword }) }, { signal }),
  )
  const locked = asked.state === 'refused' && isKeystoreLock(asked.problem)
  if (looking && locked) {
    const onPassword = (password: string): void => {
      type({ ...secrets, keystorePassword: password })
      asked.again()
    }
    return <KeystorePage problem={asked.problem} tried={keystorePassword !== undefined} onPassword={onPassword} />
  }
  if (looking && asked.state === 'answered') {
    const { answer } = asked
    return <RemedyPage preview={answer} onDone={() => props.again(undoneLine(answer))} onLeave={() => setLooking(false)} onLookAgain={asked.again} />
  }
  const words = asked.state === 'answered' ? undoWords(asked.answer) : 'Remove the blocking settings'
  const remedy: Remedy = {
    words,
    onLook: () => setLooking(true),
    preview: asked.state === 'answered' ? asked.answer : null,
    refusal: asked.state === 'refused' && !locked ? asked.problem : null,
    asking: asked.state === 'asking',
  }
  return <Checks {...props} remedy={remedy} />
}

interface Remedy {
  readonly words: string
  readonly onLook: () => void
  readonly preview: RemedyPreview | null
  /** why it cannot be undone after all */
  readonly refusal: ProblemView | null
  readonly asking: boolean
}

function Checks({ report, undone, again, another, remedy }: Obstacles & { remedy: Remedy | null }) {
  const skipped = report.verdict === 'skipped'
  const { open, fine } = sortedChecks(report)
  const undoes = remedy !== null && remedy.refusal === null
  const checkAgain = (
    <Button variant="subtle" onClick={() => again()}>
      Check again
    </Button>
  )
  return (
    <Page
      state={<StateMark state={skipped ? 'heed' : 'bad'} words={skipped ? 'Needs a decision:' : 'Cannot start:'} />}
      title={skipped ? 'Elasticsearch would start unsecured' : 'Elasticsearch cannot be set up yet'}
      lead={
        skipped
          ? 'Elasticsearch configures security on a first start only where nothing speaks against it. Here something does.'
          : undone === null
            ? 'Something has to change first. Nothing was touched.'
            : 'Something has to change first.'
      }
      primary={undoes ? { words: `${remedy.words}…`, onPress: remedy.onLook, disabled: remedy.asking } : { words: 'Check again', onPress: () => again() }}
      second={
        <>
          {undoes ? checkAgain : null}
          {another}
        </>
      }
    >
      {undone === null ? null : (
        <p role="status" className="undone">
          <StateMark state="good" words="Done:" /> {undone}. What follows is left.
        </p>
      )}
      {remedy?.refusal == null ? null : <Trouble problem={remedy.refusal} />}
      <OpenChecks checks={open} />
      {skipped || undoes ? <Advice remedy={undoes ? remedy.preview : null} undoes={undoes} /> : null}
      {skipped ? <StartAsIs /> : null}
      <FineChecks checks={fine} />
    </Page>
  )
}
