import { createContext, use } from 'react'
import type { HostInfo, WizardPlace } from '../../shared/contract/host.ts'

export type Step = WizardPlace['step']

/** Passwords that were typed: in this page's memory only, gone with it. */
export interface TypedSecrets {
  readonly elasticPassword?: string
  readonly keystorePassword?: string
}

export interface Wizard {
  readonly info: HostInfo
  readonly place: WizardPlace
  /** How this step was reached: only a step reached forward goes on by itself. */
  readonly came: 'forward' | 'back' | 'reload'
  /** `change` goes into the place; `line` is what the step that is left says in the way. */
  readonly go: (step: Step, change?: Partial<WizardPlace> & { line?: string }) => void
  readonly back: (step: Step) => void
  /** Keeps a choice made in this step, so that a reload does not lose it. */
  readonly keep: (change: Partial<WizardPlace>) => void
  /** Begins anew at Find, or with `target` at Check. */
  readonly begin: (target?: NonNullable<WizardPlace['target']>, line?: string) => void
  readonly secrets: TypedSecrets
  readonly type: (secrets: TypedSecrets) => void
}

export const WizardContext = createContext<Wizard | null>(null)

export function useWizard(): Wizard {
  const wizard = use(WizardContext)
  if (wizard === null) throw new Error('There is no wizard above this component')
  return wizard
}

/** The target of the place; the steps after Find always have one. */
export function useTarget(): NonNullable<WizardPlace['target']> {
  const { target } = useWizard().place
  if (target === null) throw new Error('This step needs a home')
  return target
}
