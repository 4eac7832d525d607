import type { WizardPlace } from '../../shared/contract/host.ts'
import type { Step } from './wizard.ts'

export interface WayStep {
  readonly id: Step
  readonly title: string
  readonly state: 'done' | 'current' | 'ahead'
  /** the answer it left, once done */
  readonly line: string | null
  /** can be gone back to: nothing has been written yet, or it only shows what was handed over */
  readonly open: boolean
}

const first: readonly (readonly [Step, string])[] = [
  ['find', 'Find'],
  ['check', 'Check'],
  ['review', 'Review'],
  ['start', 'Start'],
  ['credentials', 'Credentials'],
  ['now', 'Next steps'],
]

const joining: readonly (readonly [Step, string])[] = [
  ['find', 'Find'],
  ['check', 'Check'],
  ['join', 'Join'],
  ['start', 'Start'],
]

const known: readonly (readonly [Step, string])[] = [
  ['find', 'Find'],
  ['existing', 'Overview'],
]

/** The way as it stands: the steps in order, what is done, and what can be gone back to. */
export function wayOf(place: WizardPlace): WayStep[] {
  const joins = place.step === 'join' || (place.step === 'start' && place.lines?.join !== undefined)
  const steps = place.step === 'existing' ? known : joins ? joining : first
  const at = steps.findIndex(([id]) => id === place.step)
  const untouched = place.setupId === null && place.workId === null
  return steps.map(([id, title], index) => ({
    id,
    title,
    state: index < at ? 'done' : index === at ? 'current' : 'ahead',
    line: index < at ? (place.lines?.[id] ?? null) : null,
    open: index < at && ((untouched && id !== 'start') || (place.step === 'now' && id === 'credentials')),
  }))
}
