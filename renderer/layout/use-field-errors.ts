import { useCallback, useEffect, useRef, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'

type Sentences<T> = { readonly [Name in keyof T]?: string | undefined }

export interface FieldErrors<T> {
  /** what to give the input of a field */
  readonly of: (name: keyof T) => { readonly error?: string; readonly 'aria-invalid'?: true }
  /** does it if every field is valid (or `needed` ones are); else moves the focus to the first that is not */
  readonly press: (work: () => void, needed?: readonly (keyof T)[]) => void
  /** the refusal, where it is about no field here, or about one that was changed since */
  readonly elsewhere: ProblemView | null
  /** counts up whenever an error has to be seen: what folds invalid fields away opens by it */
  readonly shows: number
}

/**
 * The ref of what is around the fields of a form, for the focus; and what is wrong with each field, until its value changes. `faults` are known while typing, `missing` fields are named once somebody
 * presses. `problem` is how the engine refused what was `tried` (left out: the values of the last press); `at` places those that name no field here, by their code.
 */
export function useFieldErrors<T extends { readonly [Name in keyof T]: string }>({ typed, faults = {}, missing = {}, problem = null, tried, at = {} }: {
  typed: T
  faults?: Sentences<T>
  missing?: Sentences<T>
  problem?: ProblemView | null
  tried?: T
  at?: Readonly<Record<string, keyof T>>
}): readonly [within: (element: HTMLElement | null) => void, errors: FieldErrors<T>] {
  const around = useRef<HTMLElement>(null)
  const within = useCallback((element: HTMLElement | null) => {
    around.current = element
  }, [])
  const [pressed, setPressed] = useState<{ typed: T; needed: readonly (keyof T)[] } | null>(null)
  const [seen, setSeen] = useState(problem)
  const [shows, setShows] = useState(0)
  const [focuses, setFocuses] = useState(0)
  const refused = problem === null ? undefined : fieldOf(problem, typed, at)
  const stands = refused !== undefined && (tried ?? pressed?.typed)?.[refused] === typed[refused]
  if (problem !== seen) {
    setSeen(problem)
    if (stands) setShows(shows + 1)
    if (stands && pressed !== null) setFocuses(focuses + 1)
  }
  useEffect(() => {
    if (focuses > 0) around.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [focuses])

  const sentence = (name: keyof T): string | undefined => {
    if (faults[name] !== undefined) return faults[name]
    if (pressed?.needed.includes(name) === true && missing[name] !== undefined) return missing[name]
    return stands && name === refused && problem !== null ? `${problem.message} ${problem.remedy}` : undefined
  }
  const isInvalid = (name: keyof T): boolean => faults[name] !== undefined || missing[name] !== undefined || (tried !== undefined && stands && name === refused)
  const errors: FieldErrors<T> = {
    shows,
    of: (name) => {
      const error = sentence(name)
      return error === undefined ? {} : { error, 'aria-invalid': true }
    },
    press: (work, needed = Object.keys(typed) as (keyof T)[]) => {
      setPressed({ typed, needed })
      if (!needed.some(isInvalid)) return work()
      setShows(shows + 1)
      setFocuses(focuses + 1)
    },
    elsewhere: refused === undefined ? problem : null,
  }
  return [within, errors]
}

function fieldOf<T extends object>(problem: ProblemView, typed: T, at: Readonly<Record<string, keyof T>>): keyof T | undefined {
  const placed = Object.hasOwn(at, problem.code) ? at[problem.code] : undefined
  if (placed !== undefined) return placed
  return problem.field !== undefined && Object.hasOwn(typed, problem.field) ? (problem.field as keyof T) : undefined
}
