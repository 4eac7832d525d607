import type { Gone } from './yaml-removal.ts'

const notes: readonly (readonly [RegExp, string])[] = [
  [/^xpack\.security\.enabled$/, 'No longer used: the setup turns security on.'],
  [/^xpack\.security\.autoconfiguration\./, 'Automatic security setup is no longer switched off.'],
  [/^xpack\.security\.(?:http|transport)\.ssl\./, 'No longer used: the setup creates certificates and its own TLS settings.'],
  [/^discovery\.seed_/, 'The node no longer looks for another cluster.'],
  [/^cluster\.initial_master_nodes/, 'The node no longer waits for other nodes: it forms its own cluster.'],
  [/^node\.roles/, 'The node has all roles again: it can be elected master and hold data.'],
]

/** What each line that became a comment means, by its number from 0: for the diff of the preview. */
export function remedyNotes(gone: readonly Gone[]): ReadonlyMap<number, string> {
  return new Map(gone.flatMap(({ line, names }) => (line === null ? [] : [[line, meaningOf(names)] as const])))
}

function meaningOf(names: readonly string[]): string {
  const plain = names.map((name) => name.replace(/^force\./, ''))
  return notes.find(([pattern]) => plain.some((name) => pattern.test(name)))?.[1] ?? 'No longer used.'
}
