import './check-page.css'
import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Installation } from '../../shared/contract/installation.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { useAsk } from '../connection/use-ask.ts'
import { shortPath } from '../design/figures.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { FineChecks, OpenChecks } from './check-list.tsx'
import { checkLine, sortedChecks } from './sorted-checks.ts'
import { LeftPage } from './left-page.tsx'
import { ObstaclesPage } from './obstacles-page.tsx'
import { isPasswordUnseen } from './password-unseen.ts'
import { UnfinishedPage } from './unfinished-page.tsx'
import { UnseenPage } from './unseen-page.tsx'

/** Checks run by themselves, and the way goes on by itself where all is well. */
export function CheckPage() {
  const { begin, came, go, info, keep, place } = useWizard()
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), async (engine, signal) => {
    const [installation, report] = await Promise.all([engine.installation.inspect(target, { signal }), engine.preflight.run(target, { signal })])
    return { installation, report }
  })
  const [undone, setUndone] = useState<string | null>(null)
  const answer = asked.state === 'answered' ? asked.answer : null
  const where = answer === null ? null : `Elasticsearch ${answer.installation.version} in ${shortPath(answer.installation.home, info.homeFolder, info.separator)}`
  const onward = answer === null ? null : onwardOf(answer)
  const lineOf = (report: PreflightReport): string => [...(undone === null ? [] : [undone]), checkLine(report)].join(', ')
  const goOn = useEffectEvent(() => {
    // A folder that was walked to has no version until it is looked at.
    if (where !== null) keep({ lines: { ...place.lines, find: where } })
    if (onward === 'review' && answer !== null) go('review', { line: lineOf(answer.report) })
    if (onward === 'existing') go('existing')
  })
  useEffect(() => {
    if (came !== 'back' && onward !== null) goOn()
  }, [came, onward])

  const another = (
    <Button variant="subtle" onClick={() => begin()}>
      Choose another
    </Button>
  )
  if (asked.state === 'refused') return <RefusalPage problem={asked.problem} primary={{ words: 'Check again', onPress: asked.again }} second={another} />
  if (answer === null || where === null || ((onward === 'review' || onward === 'existing') && came !== 'back')) return <WaitingPage title="Checking" lead={target.home} />
  const { unfinished } = answer.installation
  if (onward === 'left' && unfinished !== undefined) return <LeftPage unfinished={unfinished} where={where} again={asked.again} another={another} />
  if (onward === 'unfinished') return <UnfinishedPage installation={answer.installation} where={where} another={another} />

  const { report } = answer
  const { open, fine } = sortedChecks(report)
  if (onward === 'unseen') return <UnseenPage installation={answer.installation} where={where} open={open} fine={fine} another={another} />
  if (onward === 'existing') {
    return (
      <Page
        state={report.running?.secured === true ? <StateMark state="good" /> : null}
        title={titleOf(report)}
        lead={report.running == null ? where : report.reason}         primary={{ words: 'Show the node', onPress: () => go('existing') }}
        second={another}
      >
        <OpenChecks checks={open} />
        <FineChecks checks={fine} />
      </Page>
    )
  }
  if (onward === 'review') {
    return (
      <Page
        state={<StateMark state="good" words="Ready:" />}
        title="Ready to be set up"
        lead={where}
        primary={{ words: 'Go on to the plan', onPress: () => go('review', { line: lineOf(report) }) }}
        second={another}
      >
        <OpenChecks checks={open} />
        <FineChecks checks={fine} />
      </Page>
    )
  }
  const again = (line?: string): void => {
    if (line !== undefined) setUndone(line)
    asked.again()
  }
  return <ObstaclesPage report={report} undone={undone} again={again} another={another} />
}

function titleOf({ running }: PreflightReport): string {
  if (running == null) return 'Already set up'
  if (!running.answering) return 'Running, not answering yet'
  return running.secured ? 'Running and secured' : 'Running, not secured'
}

type Onward = 'review' | 'existing' | 'unseen' | 'unfinished' | 'left'

/** Where the way leads from here; null where the person has to decide. */
function onwardOf({ installation, report }: { installation: Installation; report: PreflightReport }): Onward | null {
  const { state, unfinished } = installation
  if (unfinished !== undefined && unfinished.command !== 'up') return 'left'
  if (state === 'unfinished') return 'unfinished'
  if (isPasswordUnseen(report)) return 'unseen'
  if (report.configured || state === 'running') return 'existing'
  return report.verdict === 'ready' || isOnlyLocked(report) ? 'review' : null
}

/** Nothing but the password of the keystore is missing: Review asks for it. */
function isOnlyLocked({ checks }: PreflightReport): boolean {
  const open = checks.filter(({ status }) => status === 'skips' || status === 'blocks')
  return open.length > 0 && open.every(({ code }) => code === 'keystore_locked')
}
