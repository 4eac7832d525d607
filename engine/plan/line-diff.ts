/** A difference between two lists of lines: at line `at` of the old one, `removed` lines went and `added` came. */
export interface LineChange {
  readonly at: number
  readonly removed: number
  readonly added: readonly string[]
}

/** More differences than this are not worth their search: what lies between is told as replaced whole. */
const mostDifferences = 2000

/**
 * The changes that make `old` into `now`, fewest lines first (E. Myers, "An O(ND) Difference Algorithm", 1986), in the order of the
 * lines. Common head and tail are cut first, so a small change in a big file costs no more than reading it.
 */
export function diffLines(old: readonly string[], now: readonly string[]): LineChange[] {
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let tail = 0
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  const left = old.slice(head, old.length - tail)
  const right = now.slice(head, now.length - tail)
  if (left.length === 0 && right.length === 0) return []
  if (left.length === 0 || right.length === 0) return [{ at: head, removed: left.length, added: right }]
  return middle(left, right).map((change) => ({ ...change, at: change.at + head }))
}

/** `old` with `changes` made to it. */
export function patchLines(old: readonly string[], changes: readonly LineChange[]): string[] {
  const parts: (readonly string[])[] = []
  let at = 0
  for (const change of changes) {
    parts.push(old.slice(at, change.at), change.added)
    at = change.at + change.removed
  }
  parts.push(old.slice(at))
  return parts.flat()
}

/** The changes between two lists without a common head or tail. */
function middle(old: readonly string[], now: readonly string[]): LineChange[] {
  const same = sameLines(old, now)
  if (same === null) return [{ at: 0, removed: old.length, added: now }]
  const changes: LineChange[] = []
  let x = 0
  let y = 0
  for (const [sameX, sameY] of [...same, [old.length, now.length] as const]) {
    if (sameX > x || sameY > y) changes.push({ at: x, removed: sameX - x, added: now.slice(y, sameY) })
    x = sameX + 1
    y = sameY + 1
  }
  return changes
}

/** The pairs of lines that stay, in order; null where there are more than `mostDifferences`. */
function sameLines(old: readonly string[], now: readonly string[]): [number, number][] | null {
  const most = Math.min(old.length + now.length, mostDifferences)
  // reaches[d] holds, for each diagonal k = x - y of -d, -d+2 … d, the furthest x that d differences lead to
  const reaches: Int32Array[] = []
  for (let d = 0; d <= most; d++) {
    const before = reaches[d - 1]
    const reach = new Int32Array(d + 1)
    reaches.push(reach)
    for (let k = -d; k <= d; k += 2) {
      let x = before === undefined ? 0 : stepsDown(before, d, k) ? furthest(before, d - 1, k + 1) : furthest(before, d - 1, k - 1) + 1
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x++
      reach[(k + d) / 2] = x
      if (x >= old.length && x - k >= now.length) return walkBack(reaches, old.length, now.length)
    }
  }
  return null
}

function walkBack(reaches: readonly Int32Array[], oldLength: number, nowLength: number): [number, number][] {
  const pairs: [number, number][] = []
  let x = oldLength
  let y = nowLength
  for (let d = reaches.length - 1; d >= 0; d--) {
    const before = reaches[d - 1]
    const k = x - y
    const down = before !== undefined && stepsDown(before, d, k)
    const fromX = before === undefined ? 0 : furthest(before, d - 1, down ? k + 1 : k - 1)
    const startX = before === undefined ? 0 : down ? fromX : fromX + 1
    while (x > startX) pairs.push([--x, --y])
    x = fromX
    y = before === undefined ? 0 : fromX - (down ? k + 1 : k - 1)
  }
  return pairs.toReversed()
}

/** Whether the best way to diagonal `k` with `d` differences takes a line of the new text (down), not one of the old away. */
function stepsDown(before: Int32Array, d: number, k: number): boolean {
  return k === -d || (k !== d && furthest(before, d - 1, k - 1) < furthest(before, d - 1, k + 1))
}

const furthest = (reach: Int32Array, d: number, k: number): number => reach[(k + d) / 2] ?? 0
