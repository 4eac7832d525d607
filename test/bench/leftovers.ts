/** What must not outlive the run: nodes, hosts, homes. */
const open = new Set<() => Promise<unknown>>()

/** Has `end` called when the run is interrupted; gives what calls it in the ordinary way, once. */
export function mustEnd(end: () => Promise<unknown>): () => Promise<void> {
  open.add(end)
  return async () => {
    if (open.delete(end)) await end()
  }
}

/** Ends all that is still there, newest first. One that cannot be ended does not keep the others. */
export async function endAll(): Promise<void> {
  for (const end of [...open].toReversed()) {
    open.delete(end)
    await end().catch((thrown: unknown) => process.stderr.write(`Could not be ended: ${String(thrown)}\n`))
  }
}
