/**
 * A duration in ms as people read it: `0.4 s`, `12.3 s`, `2 min 05 s`, `1 h 05 min`. It is rounded once, before it is
 * divided into units, so that no unit is ever full (`60 s`).
 */
export function duration(ms: number): string {
  const tenths = Math.round(Math.max(0, ms) / 100)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  const seconds = Math.round(Math.max(0, ms) / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  return hoursAndMinutes(Math.round(seconds / 60))
}

/** The time that is left, in seconds, no more exact than an estimate is: `24 s`, `13 min`, `3 h 01 min`. */
export function roughDuration(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  return minutes < 60 ? `${minutes} min` : hoursAndMinutes(minutes)
}

function hoursAndMinutes(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}
