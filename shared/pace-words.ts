import type { Progress } from './contract/target.ts'

/** How quickly it comes and how long it still takes, `18 MB/s, 24 s left`; empty where nobody knows, or where it is over. */
export function paceWords({ done, total, unit, perSecond }: Progress): string {
  if (unit !== 'bytes' || perSecond === undefined || done === total) return ''
  const speed = perSecond < 999_500 ? `${Math.round(perSecond / 1000)} KB/s` : `${(perSecond / 1_000_000).toFixed(perSecond < 9_950_000 ? 1 : 0)} MB/s`
  return total === null || perSecond === 0 ? speed : `${speed}, ${timeWords((total - done) / perSecond)} left`
}

/** Seconds, as somebody who waits wants to know them: never more exact than they are. */
function timeWords(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
