/** Elasticsearch, Java and the limits in this program count in these: 1 MiB is 1,048,576 bytes. */
export const MiB = 1024 ** 2
export const GiB = 1024 ** 3

/** Bytes as disks and downloads are measured, 1 MB being 1,000,000 bytes: `812 bytes`, `3.6 KB`, `412 MB`, `16.6 GB`. */
export function inBytes(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} bytes`
  if (bytes < 999_500) return `${rounded(bytes / 1000)} KB`
  if (bytes < 999_500_000) return `${rounded(bytes / 1_000_000)} MB`
  return `${(bytes / 1_000_000_000).toFixed(bytes < 99_500_000_000 ? 1 : 0)} GB`
}

/** How much of a whole, in its unit where both have the same: `474 of 947 MB`, `812 KB of 3.1 MB`. */
export function partInBytes(done: number, total: number): string {
  const [had, whole] = [inBytes(done), inBytes(total)]
  const unit = whole.slice(whole.indexOf(' '))
  return `${had.endsWith(unit) ? had.slice(0, -unit.length) : had} of ${whole}`
}

function rounded(value: number): string {
  return value.toFixed(value < 9.95 ? 1 : 0)
}
