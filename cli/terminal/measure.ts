import { paceWords } from '../../shared/pace-words.ts'
import type { Progress } from '../../shared/contract/target.ts'
import { inBytes, partInBytes } from '../../shared/sizes.ts'

/** How much of it is done, 0 to 100; null where the whole is not known. */
export function percentOf({ done, total }: Progress): number | null {
  return total === null || total <= 0 ? null : Math.min(100, (done / total) * 100)
}

/** `12 of 947 MB`, `3 of 12 files`; empty where there is nothing to say yet. */
export function workMeasure(progress: Progress, before: string): string {
  const { done, total, unit } = progress
  if ((done <= 0 && total === null) || (unit === 'steps' && total === 1)) return ''
  const pace = paceWords(progress)
  if (unit === 'bytes') return before + (total === null ? inBytes(done) : partInBytes(done, total)) + (pace === '' ? '' : ` (${pace})`)
  return before + (total === null ? `${done} ${unit}` : `${done} of ${total} ${unit}`)
}
