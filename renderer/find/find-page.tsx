import './find-page.css'
import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { WizardPlace } from '../../shared/contract/host.ts'
import type { FoundHome } from '../../shared/contract/installation.ts'
import { problemOf } from '../connection/problem-of.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { shortPath } from '../design/figures.ts'
import { Trouble } from '../design/trouble.tsx'
import { Boundary } from '../layout/boundary.tsx'
import { IncompleteList } from '../layout/incomplete-list.tsx'
import { Page } from '../layout/page.tsx'
import { RefusalPage } from '../layout/refusal-page.tsx'
import { WaitingPage } from '../layout/waiting-page.tsx'
import { useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { ChoiceList } from './choice-list.tsx'
import { ChooseHomeButtons, useChooseHome } from './choose-home.tsx'
import { choicesOf, chosenFirst, isTakenUp, wordsFor } from './choices.ts'
import { DropZone } from './drop-zone.tsx'
import { beginMaking, type Making } from './making.ts'
import { MakingPage } from './making-page.tsx'

const DownloadPage = lazy(() => import('../download/download-page.tsx').then(({ DownloadPage }) => ({ default: DownloadPage })))
const FolderPage = lazy(() => import('./folder-page.tsx').then(({ FolderPage }) => ({ default: FolderPage })))
const UnpackPage = lazy(() => import('./unpack-page.tsx').then(({ UnpackPage }) => ({ default: UnpackPage })))
const WaysToRun = lazy(() => import('./ways-to-run.tsx').then(({ WaysToRun }) => ({ default: WaysToRun })))

type View = { at: 'list' } | { at: 'download' } | { at: 'folders' } | { at: 'unpack'; archive: string }

/** "Which Elasticsearch?"; where a home is being made, that. */
export function FindPage() {
  const { workId } = useWizard().place
  return workId === null ? <Choosing /> : <MakingPage key={workId} workId={workId} />
}

/** What was found, newest first, and every other way to one. */
function Choosing() {
  const { info, begin, go, keep, place } = useWizard()
  const found = useAsk('find', (engine, signal) => engine.installation.find(undefined, { signal }))
  const [view, setView] = useState<View>({ at: 'list' })
  const [picked, setPicked] = useState<string | null>(null)
  const ways = place.ways ?? {}

  const target = (home: string): NonNullable<WizardPlace['target']> => ({ home, ...ways })
  const lineFor = (home: Pick<FoundHome, 'home' | 'version'>): string =>
    `Elasticsearch ${home.version === null ? '' : `${home.version} `}in ${shortPath(home.home, info.homeFolder, info.separator)}`
  const takeUp = useDo(async (engine, home: FoundHome) => {
    const resumed = await engine.setup.resume({ target: target(home.home) }).catch((thrown: unknown) => {
      if (isKeystoreLock(problemOf(thrown) ?? { code: '' })) return null
      throw thrown
    })
    begin(target(home.home), lineFor(home))
    // Its page asks for the password of the keystore.
    if (resumed === null) return
    go('start', { setupId: resumed.setupId, line: 'Taken up again' })
  })

  const make = useDo(async (engine, making: Making) => {
    const { workId } = await beginMaking(engine, { ...making, user: ways.user })
    keep({ workId })
  })

  const list = (): void => setView({ at: 'list' })
  const takeHome = (home: string): void => begin(target(home), lineFor({ home, version: null }))
  const takeArchive = (archive: string): void => setView({ at: 'unpack', archive })
  const walk = (): void => setView({ at: 'folders' })
  const choose = useChooseHome({ home: takeHome, archive: takeArchive, walk })
  if (view.at === 'folders') {
    return (
      <Suspense fallback={null}>
        <FolderPage
          onHome={takeHome}
          onArchive={takeArchive}
          onLeave={list}
        />
      </Suspense>
    )
  }
  const download = (): void => setView({ at: 'download' })
  if (view.at === 'download') {
    return (
      <Suspense fallback={null}>
        <DownloadPage begin={{ ...make, start: (wish) => make.start({ ...wish, what: 'download' }) }} onLeave={list} />
      </Suspense>
    )
  }
  if (view.at === 'unpack') {
    return (
      <Suspense fallback={null}>
        <UnpackPage archive={view.archive} unpack={{ ...make, start: (into) => make.start({ what: 'unpack', archive: view.archive, into }) }} onLeave={info.canPick ? list : walk} />
      </Suspense>
    )
  }
  if (found.state === 'refused') return <RefusalPage problem={found.problem} primary={{ words: 'Try again', onPress: found.again }} second={<ChooseHomeButtons choose={choose} />} />
  if (found.state === 'asking') return <WaitingPage title="Which Elasticsearch?" lead="Looking in the usual places." />

  const choices = choicesOf(found.answer.homes, info.practice)
  const id = picked ?? chosenFirst(choices)
  const choice = choices.find((one) => one.id === id) ?? null
  const press = (): void => {
    if (choice === null) return
    if (choice.kind === 'practice') {
      if (info.practice.home !== null) begin(target(info.practice.home), `Practice copy of Elasticsearch ${info.practice.version}`)
      else make.start({ what: 'practice', version: info.practice.version })
      return
    }
    const { home } = choice
    if (isTakenUp(home)) takeUp.start(home)
    // One that is configured is checked as well, and led on to what it has: somebody may have to be told that nobody has its password.
    else begin(target(home.home), lineFor(home))
  }
  const none = choices.length === 0

  return (
    <Page
      title="Which Elasticsearch?"
      lead={
        none
          ? 'None was found in the usual places. Download it; or choose the folder of one, or the archive as it was downloaded.'
          : 'Choose the Elasticsearch to set up. Firstnode turns on TLS and passwords, and shows every change first.'
      }
      primary={
        none
          ? { words: 'Download Elasticsearch', onPress: download }
          : { words: wordsFor(choice, info.practice), onPress: press, disabled: choice === null, busy: takeUp.busy || make.busy }
      }
      second={
        <>
          {none ? null : (
            <Button variant="subtle" onClick={download}>
              Download Elasticsearch
            </Button>
          )}
          <ChooseHomeButtons choose={choose} />
        </>
      }
    >
      <DropZone onHome={takeHome} onArchive={takeArchive} onWalk={walk} />
      {choose.problem === null ? null : <Trouble problem={choose.problem} />}
      {takeUp.problem === null ? null : <Trouble problem={takeUp.problem} />}
      {make.problem === null ? null : <Trouble problem={make.problem} />}
      <IncompleteList incomplete={found.answer.incomplete} onAgain={found.again} />
      {none ? null : <ChoiceList choices={choices} chosen={id} onChoose={setPicked} onEnter={press} />}
      {info.practice.trouble === null || info.practice.offered ? null : <p className="small quiet">No practice copy: {info.practice.trouble}</p>}
      <Boundary fallback={() => null}>
        <Suspense fallback={null}>
          <WaysToRun ways={ways} onChange={(changed) => keep({ ways: changed })} onAgain={found.again} />
        </Suspense>
      </Boundary>
    </Page>
  )
}
