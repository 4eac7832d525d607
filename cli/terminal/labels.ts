import type { Style } from './style.ts'
import { columnsOf, padEnd } from './text.ts'

/** One label and what stands behind it; several lines stand below one another. */
export type Row = readonly [label: string, value: string | readonly string[]]

/** Rows with their values aligned: `  Label    value`. Values are never broken, so that they can be copied. */
export function labelled(rows: readonly Row[], style: Style, indent = '  '): string {
  const room = Math.max(...rows.map(([label]) => columnsOf(label))) + 3
  return rows
    .flatMap(([label, value]) =>
      (typeof value === 'string' ? [value] : value).map((line, index) =>
        `${indent}${padEnd(index === 0 ? style.dim(label) : '', room)}${line}`.trimEnd(),
      ),
    )
    .join('\n')
}

/** A fingerprint in pairs, so that two of them can be compared by eye: two lines where one does not fit. */
export function inPairs(fingerprint: string, columns: number): string[] {
  const pairs = fingerprint.replaceAll(':', '').toUpperCase().match(/.{1,2}/g) ?? []
  const all = pairs.join(':')
  if (all.length <= columns) return [all]
  const half = Math.ceil(pairs.length / 2)
  return [`${pairs.slice(0, half).join(':')}:`, pairs.slice(half).join(':')]
}
