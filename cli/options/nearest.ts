/** The one of `names` that `typed` most likely meant, or null where none is near enough to be a slip. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const wanted = typed.toLowerCase()
  let best: { name: string; distance: number } | null = null
  for (const name of names) {
    const distance = name.startsWith(wanted) && wanted.length >= 2 ? 0 : editDistance(wanted, name)
    if (best === null || distance < best.distance) best = { name, distance }
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  return best !== null && best.distance <= allowed ? best.name : null
}

/** How many letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) => [row, ...Array<number>(other.length).fill(0)])
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0
  for (let column = 0; column <= other.length; column += 1) rows[0]![column] = column
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      let cost = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (swapped) cost = Math.min(cost, at(row - 2, column - 2) + 1)
      rows[row]![column] = cost
    }
  }
  return at(one.length, other.length)
}
