import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'

const units: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }
const least = 128 * MiB

/** The bytes of a heap as `-Xmx` takes it (`512m`, `1g`); null where it is no size. */
export function heapBytes(heap: string): number | null {
  const match = /^(\d{1,15})([kmgt]?)$/i.exec(heap.trim())
  return match === null ? null : Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1)
}

/** Problem `bad_heap` where it is no size, too small to start with, or more than the machine has (`totalBytes`). */
export function checkHeap(heap: string, totalBytes: number): void {
  const bytes = heapBytes(heap)
  if (bytes === null) throw problem('bad_heap', { heap, why: 'it is not a size' })
  if (bytes < least) throw problem('bad_heap', { heap, why: 'Elasticsearch does not start in less than 128m' })
  if (bytes > totalBytes) throw problem('bad_heap', { heap, why: `this machine has ${Math.floor(totalBytes / MiB)}m of memory` })
}

/** The heap where nobody chose one: Elasticsearch's own choice (null: half of the memory), 1g for the practice copy. */
export function defaultHeap(installation: Pick<Installation, 'practice'>): string | null {
  return installation.practice ? '1g' : null
}
