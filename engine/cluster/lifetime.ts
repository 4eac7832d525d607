import { problem } from '../../shared/problems/problem.ts'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const longest = 3650 * 86_400_000

/** `30d`, `12h`, `90m` in milliseconds; a minute at least, ten years at most. Problem: `api_key_lifetime`. */
export function lifetimeMs(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,6})([mhd])$/.exec(text.trim().toLowerCase()) ?? []
  const ms = Number(count) * (units[unit] ?? 0)
  if (ms === 0 || ms > longest) throw problem('api_key_lifetime', {})
  return ms
}
