import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { UpdateState } from '../../shared/contract/desktop.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { Bar } from '../design/progress-bar.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useWizard } from '../place/wizard.ts'
import { isUnderWay, updateWords, type UpdateWish } from './update-words.ts'

/** ms between two looks at an update that is under way */
const pause = 400

/** New versions of the desktop application; elsewhere they come as this one came. */
export function Updates() {
  const { info } = useWizard()
  return info.kind === 'electron' ? <Asked /> : null
}

function Asked() {
  const asked = useAsk('update', (engine, signal) => engine.host.update({ wish: 'state' }, { signal }))
  if (asked.state === 'refused') return <Trouble problem={asked.problem} />
  return asked.state === 'asking' ? null : <Update first={asked.answer} />
}

function Update({ first }: { first: UpdateState }) {
  const [state, setState] = useState(first)
  const wish = useDo(async (engine, what: UpdateWish) => {
    if (what !== 'install') setState({ ...state, stage: what === 'look' ? 'looking' : 'fetching' })
    setState(await engine.host.update({ wish: what }))
  })
  const look = useDo(async (engine) => setState(await engine.host.update({ wish: 'state' })))
  const lookAgain = useEffectEvent(() => look.start())
  const underWay = isUnderWay(state)
  useEffect(() => {
    if (!underWay) return undefined
    const timer = setInterval(() => lookAgain(), pause)
    return () => clearInterval(timer)
  }, [underWay])

  const words = updateWords(state)
  return (
    <section className="card update" aria-label="New versions">
      <div className="row">
        {words.state === 'waiting' ? null : <StateMark state={words.state} />}
        <div className="grow" role="status">
          <p className="update-title">{words.title}</p>
          {words.more === null ? null : <p className="small quiet">{words.more}</p>}
        </div>
        {words.press === null ? null : (
          <Button variant="default" size="sm" loading={wish.busy} onClick={() => words.press !== null && wish.start(words.press.wish)}>
            {words.press.words}
          </Button>
        )}
      </div>
      {state.stage === 'fetching' ? <Bar name="Fetching the new version" part={state.percent === null ? null : state.percent / 100} /> : null}
      {wish.problem === null ? null : <Trouble problem={wish.problem} />}
    </section>
  )
}
