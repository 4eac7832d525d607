import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { HostInfo, WizardPlace } from '../../shared/contract/host.ts'
import { useConnection } from '../connection/engine.ts'
import { knowsMore } from './kept-place.ts'
import { type Step, type TypedSecrets, type Wizard, WizardContext } from './wizard.ts'

const beginning: WizardPlace = { step: 'find', target: null, setupId: null, planId: null, workId: null, lines: {} }

/** Keeps where the person is, here and with the host, so that a reloaded page goes on. */
export function WizardProvider({ info, kept, children }: { info: HostInfo; kept: WizardPlace | null; children: ReactNode }) {
  const connection = useConnection()
  const { engine } = connection
  const [place, setPlace] = useState(kept ?? beginning)
  const [came, setCame] = useState<Wizard['came']>('reload')
  const [secrets, type] = useState<TypedSecrets>({})
  const now = useRef(place)
  /** the host was not told of the last place: told once the connection is there again */
  const untold = useRef(false)

  const take = useCallback((next: WizardPlace) => {
    now.current = next
    setPlace(next)
  }, [])
  const tell = useCallback(
    async (next: WizardPlace) => {
      const heard = await engine.host.keepPlace(next).then(() => true, () => false)
      if (now.current === next) untold.current = !heard
    },
    [engine],
  )
  const move = useCallback(
    (next: WizardPlace, how: Wizard['came']) => {
      take(next)
      setCame(how)
      void tell(next)
    },
    [take, tell],
  )

  const meetAgain = useEffectEvent(async () => {
    if (untold.current) return tell(now.current)
    const theirs = await engine.host.place().catch(() => null)
    if (!knowsMore(theirs, now.current)) return undefined
    take(theirs)
    setCame('reload')
    return undefined
  })
  useEffect(() => {
    let before = connection.standing()
    return connection.onStanding(() => {
      const standing = connection.standing()
      if (standing === 'open' && before !== 'open') void meetAgain()
      before = standing
    })
  }, [connection])

  const wizard = useMemo<Wizard>(
    () => ({
      info,
      place,
      came,
      secrets,
      type,
      go(step, { line, ...change } = {}) {
        const before = now.current
        const lines = line === undefined ? before.lines : { ...before.lines, [before.step]: line }
        move({ ...before, workId: null, ...change, step, lines: lines ?? {} }, 'forward')
      },
      keep: (change) => {
        const next = { ...now.current, ...change }
        take(next)
        void tell(next)
      },
      back: (step: Step) => move({ ...now.current, step }, 'back'),
      begin(target, line) {
        type({})
        const lines: Record<string, string> = line === undefined ? {} : { find: line }
        move(target === undefined ? beginning : { ...beginning, step: 'check', target, lines }, target === undefined ? 'back' : 'forward')
      },
    }),
    [info, place, came, secrets, move, take, tell],
  )
  return <WizardContext value={wizard}>{children}</WizardContext>
}
