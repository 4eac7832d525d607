import type { Progress } from './contract/target.ts'
import { inBytes } from './sizes.ts'
import { roughDuration } from './duration.ts'

/** How quickly it comes and how long it still takes, `18 MB/s, 24 s left`; empty where nobody knows, or where it is over. */
export function paceWords({ done, total, unit, perSecond }: Progress): string {
  if (unit !== 'bytes' || perSecond === undefined || done === total) return ''
  const speed = `${inBytes(perSecond)}/s`
  return total === null || perSecond === 0 ? speed : `${speed}, ${roughDuration((total - done) / perSecond)} left`
}
