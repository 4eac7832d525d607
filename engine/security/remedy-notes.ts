import type { Gone } from './yaml-removal.ts'

const notes: readonly (readonly [RegExp, string])[] = [
  [/^xpack\.security\.enabled$/, 'No longer decided here: the set-up turns security on.'],
  [/^xpack\.security\.autoconfiguration\./, 'Configuring security is no longer ruled out.'],
  [/^xpack\.security\.(?:http|transport)\.ssl\./, 'TLS begun by hand: the set-up makes certificates and its settings.'],
  [/^discovery\.seed_/, 'The node no longer looks for the nodes of another cluster.'],
  [/^cluster\.initial_master_nodes/, 'The node no longer waits for others: it forms a cluster of its own.'],
  [/^node\.roles/, 'The node takes every role again: it can become master and hold data.'],
]

/** What each line that became a comment means, by the trimmed text of the line: for the diff of the preview. */
export function lineNotes(gone: readonly Gone[]): Readonly<Record<string, string>> {
  return Object.fromEntries(gone.flatMap(({ line, names }) => (line === null ? [] : [[line, meaningOf(names)]])))
}

function meaningOf(names: readonly string[]): string {
  const plain = names.map((name) => name.replace(/^force\./, ''))
  return notes.find(([pattern]) => plain.some((name) => pattern.test(name)))?.[1] ?? 'No longer read.'
}
