import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import type { HostInfo, WizardPlace } from '../../shared/contract/host.ts'
import { useEngine } from '../connection/engine.ts'
import { type Step, type TypedSecrets, type Wizard, WizardContext } from './wizard.ts'

const beginning: WizardPlace = { step: 'find', target: null, setupId: null, planId: null, lines: {} }

/** Keeps where the person is, here and with the host, so that a reloaded page goes on. */
export function WizardProvider({ info, kept, children }: { info: HostInfo; kept: WizardPlace | null; children: ReactNode }) {
  const engine = useEngine()
  const [place, setPlace] = useState(kept ?? beginning)
  const [came, setCame] = useState<Wizard['came']>('reload')
  const [secrets, type] = useState<TypedSecrets>({})
  const now = useRef(place)

  const move = useCallback(
    (next: WizardPlace, how: Wizard['came']) => {
      now.current = next
      setPlace(next)
      setCame(how)
      // A place that could not be kept costs a reload its memory, nothing else; a broken connection shows by itself.
      engine.host.keepPlace(next).catch(() => undefined)
    },
    [engine],
  )

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
        move({ ...before, ...change, step, lines: lines ?? {} }, 'forward')
      },
      keep: (change) => {
        now.current = { ...now.current, ...change }
        setPlace(now.current)
        engine.host.keepPlace(now.current).catch(() => undefined)
      },
      back: (step: Step) => move({ ...now.current, step }, 'back'),
      begin(target, line) {
        type({})
        const lines: Record<string, string> = line === undefined ? {} : { find: line }
        move(target === undefined ? beginning : { ...beginning, step: 'check', target, lines }, target === undefined ? 'back' : 'forward')
      },
    }),
    [engine, info, place, came, secrets, move],
  )
  return <WizardContext value={wizard}>{children}</WizardContext>
}
