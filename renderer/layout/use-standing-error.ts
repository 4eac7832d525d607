import { useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'

/** What to say at a field that was refused: gone as soon as its value changes. */
export function useStandingError(refusal: ProblemView | null, value: string): string | undefined {
  const [refused, setRefused] = useState({ refusal, value })
  if (refused.refusal !== refusal) setRefused({ refusal, value })
  return refusal !== null && refused.refusal === refusal && refused.value === value ? refusal.message : undefined
}
